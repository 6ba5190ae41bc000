package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import java.util.function.Supplier;

/** Turns what ND4J throws into one line. */
final class Failures {
  private Failures() {}

  /**
   * Runs calls to ND4J.
   *
   * @throws EngineException with the first line of its message if one of them fails
   */
  static <T> T translate(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EngineException("ND4J: " + firstLine(e), e);
    }
  }

  static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
