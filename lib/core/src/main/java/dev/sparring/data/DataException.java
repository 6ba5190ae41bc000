package dev.sparring.data;

/**
 * Data is missing or damaged; the message says which file, what is wrong, and what would be right.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with the data. */
  public DataException(String message) {
    super(message);
  }

  /** A problem with the data that has a cause. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
