package dev.sparring.tensor;

/** An engine that cannot do what was asked, in one line fit for a user. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An engine problem that has no deeper cause. */
  public EngineException(String message) {
    super(message);
  }

  /** An engine problem with the library's own exception behind it. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
