package dev.sparring.torch;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns exceptions of libtorch into one line. */
final class Failures {
  /** How the allocator of the processor's memory fails. */
  private static final Pattern ALLOCATION =
      Pattern.compile("can't allocate memory: you tried to allocate (\\d{1,18}) bytes");

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "out of memory|bad_alloc|could not create a memory", Pattern.CASE_INSENSITIVE);

  /** Where in its source libtorch found an error, and by which expression. */
  private static final Pattern ENFORCED = Pattern.compile("^\\[enforce fail at [^]]*] [^.]*\\. ?");

  private Failures() {}

  /**
   * Runs native calls of an engine.
   *
   * @throws EngineException with the first line of libtorch's message if one of them fails
   */
  static <T> T translate(Engine engine, Supplier<T> calls) {
    try {
      return calls.get();
    } catch (NullPointerException e) {
      // JavaCPP's exception for a native object that was freed.
      EngineException freed = EngineException.freed();
      freed.initCause(e);
      throw freed;
    } catch (RuntimeException e) {
      // JavaCPP throws the bare class for every C++ exception; all others are Java's own.
      if (e.getClass() != RuntimeException.class) {
        throw e;
      }
      throw failed(engine, e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(engine, e);
    }
  }

  private static EngineException failed(Engine engine, RuntimeException e) {
    String line = firstLine(e);
    Matcher memory = ALLOCATION.matcher(line);
    if (memory.find()) {
      return EngineException.outOfMemory(engine, Long.parseLong(memory.group(1)), e);
    }
    if (OUT_OF_MEMORY.matcher(line).find()) {
      return EngineException.outOfMemory(engine, -1, e);
    }
    return EngineException.inLibrary("libtorch: " + ENFORCED.matcher(line).replaceFirst(""), e);
  }

  /** JavaCPP throws Java's error for native memory; the heap's own error is left as it is. */
  private static EngineException outOfMemory(Engine engine, OutOfMemoryError e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Java heap") || message.startsWith("GC overhead")) {
      throw e;
    }
    return EngineException.outOfMemory(engine, -1, e);
  }

  /** The message without the C++ stack that libtorch appends. */
  static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
