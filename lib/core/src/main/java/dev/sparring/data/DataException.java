package dev.sparring.data;

import dev.sparring.setting.Shown;

/**
 * Data is missing or damaged; the message says in one line which file, what is wrong, and what
 * would be right.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with the data. */
  public DataException(String message) {
    super(Shown.line(message));
  }

  /** A problem with the data that has a cause. */
  public DataException(String message, Throwable cause) {
    super(Shown.line(message), cause);
  }
}
