package dev.sparring.run;

/**
 * A run directory or one of its files cannot be used; the message says which, what is wrong, and
 * what would be right.
 */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with a run. */
  public RunException(String message) {
    super(message);
  }

  /** A problem with a run that has a cause. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
