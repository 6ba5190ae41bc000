package dev.sparring.safetensors;

/**
 * A safetensors file that cannot be used: which file, what is wrong, and what would be right where
 * that is known.
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
