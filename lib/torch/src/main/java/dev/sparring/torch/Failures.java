package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import java.util.function.Supplier;

/** Turns exceptions of libtorch into one line. */
final class Failures {
  private Failures() {}

  /**
   * Runs native calls.
   *
   * @throws EngineException with the first line of libtorch's message if one of them fails
   */
  static <T> T translate(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (NullPointerException e) {
      // JavaCPP's exception for a native object that was freed.
      throw new EngineException("a tensor was used after the scope that made it had ended", e);
    } catch (RuntimeException e) {
      // JavaCPP throws the bare class for every C++ exception; all others are Java's own.
      if (e.getClass() != RuntimeException.class) {
        throw e;
      }
      throw new EngineException("libtorch: " + firstLine(e), e);
    }
  }

  /** The message without the C++ stack that libtorch appends. */
  static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
