package dev.sparring.extract;

/** A file that cannot be used as an extractor, in one line for users. */
public final class ExtractorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem without a cause. */
  public ExtractorException(String message) {
    super(message);
  }

  /** A problem with the underlying library's exception as its cause. */
  public ExtractorException(String message, Throwable cause) {
    super(message, cause);
  }
}
