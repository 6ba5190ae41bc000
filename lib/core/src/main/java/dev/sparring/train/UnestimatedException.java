package dev.sparring.train;

import dev.sparring.setting.Shown;

/** The memory of a recipe cannot be estimated; the message is one line, and says why. */
public final class UnestimatedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnestimatedException(RuntimeException cause) {
    super(
        "a step cannot be played without numbers: "
            + Shown.line(String.valueOf(cause.getMessage())),
        cause);
  }
}
