package dev.sparring.nd4j;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns exceptions of ND4J into one line. */
final class Failures {
  /** ND4J gives every operation a random name, and its own message only after that. */
  private static final Pattern OPERATION =
      Pattern.compile(
          "Op with name \\S+ and op type \\[(\\w+)] execution failed(?: with message)?");

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "out of (?:\\S+ )?memory|bad_alloc|allocation failed", Pattern.CASE_INSENSITIVE);

  private Failures() {}

  /**
   * Runs calls to ND4J of an engine.
   *
   * @throws EngineException with the first line of its message if one of them fails
   */
  static <T> T translate(Engine engine, Supplier<T> calls) {
    try {
      return calls.get();
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException e) {
      throw OUT_OF_MEMORY.matcher(firstLine(e)).find()
          ? EngineException.outOfMemory(engine, -1, e)
          : EngineException.inLibrary("ND4J: " + firstLine(e), e);
    } catch (OutOfMemoryError e) {
      // JavaCPP throws Java's error for native memory; the heap's own error is left as it is.
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("Java heap") || message.startsWith("GC overhead")) {
        throw e;
      }
      throw EngineException.outOfMemory(engine, -1, e);
    }
  }

  static String firstLine(Throwable e) {
    String message = e.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("").trim();
    Matcher operation = OPERATION.matcher(line);
    if (operation.lookingAt()) {
      String why = line.substring(operation.end()).trim();
      return operation.group(1) + (why.isEmpty() ? " failed" : " failed: " + why);
    }
    return line.isEmpty() ? e.getClass().getSimpleName() : line;
  }
}
