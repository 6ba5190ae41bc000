package dev.sparring.data;

/** Data that is not there or is damaged: which file, what is wrong, what would be right. */
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
