package dev.sparring.tensor;

/** An engine that cannot do what was asked, in one line for users. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An engine problem without a cause. */
  public EngineException(String message) {
    super(message);
  }

  /** An engine problem with the underlying library's exception as its cause. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
