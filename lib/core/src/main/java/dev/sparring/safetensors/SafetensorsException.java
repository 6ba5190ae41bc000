package dev.sparring.safetensors;

/**
 * A safetensors file cannot be used; the message says which file, what is wrong and, if known, what
 * would be right.
 */
public final class SafetensorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with a file. */
  public SafetensorsException(String message) {
    super(message);
  }

  /** A problem with a file that has a cause. */
  public SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
