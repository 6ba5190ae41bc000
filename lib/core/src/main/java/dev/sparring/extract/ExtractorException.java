package dev.sparring.extract;

/** A file that cannot be used as an extractor, in one line fit for a user. */
public final class ExtractorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem that has no deeper cause. */
  public ExtractorException(String message) {
    super(message);
  }

  /** A problem with the library's own exception behind it. */
  public ExtractorException(String message, Throwable cause) {
    super(message, cause);
  }
}
