package dev.sparring.tensor;

import org.jspecify.annotations.Nullable;

/** An engine that cannot do what was asked, in one line for users. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether the library failed in a computation, which {@link #at} and {@link #during} name. */
  private final boolean inLibrary;

  private final boolean placed;

  /** An engine problem without a cause. */
  public EngineException(String message) {
    super(message);
    inLibrary = false;
    placed = false;
  }

  /** An engine problem with the underlying library's exception as its cause. */
  public EngineException(String message, Throwable cause) {
    this(message, cause, false, false);
  }

  private EngineException(String message, Throwable cause, boolean inLibrary, boolean placed) {
    super(message, cause);
    this.inLibrary = inLibrary;
    this.placed = placed;
  }

  /**
   * A failure of the library in some computation, for {@link #at} and {@link #during} to name it.
   *
   * @param message the library's reason in one line
   */
  public static EngineException inLibrary(String message, Throwable cause) {
    return new EngineException(message, cause, true, false);
  }

  /**
   * A device that does not have the memory for a computation, for {@link #at} and {@link #during}
   * to name it.
   *
   * @param bytes what was asked for, or -1 if the library does not say
   */
  public static EngineException outOfMemory(Engine engine, long bytes, Throwable cause) {
    return inLibrary(
        "out of memory: the engine "
            + engine.description()
            + " cannot have "
            + (bytes < 0 ? "more" : "another " + Math.max(1, bytes / 1_000_000) + " MB")
            + "; use a smaller batch, smaller samples or fewer channels",
        cause);
  }

  /**
   * The same with the layer that failed.
   *
   * @param layer e.g. {@code generator.2 (dense 64)}
   * @return this exception if it is no failure of the library or has a layer already
   */
  public EngineException at(String layer) {
    return inLibrary && !placed
        ? new EngineException(layer + ": " + getMessage(), this, true, true)
        : this;
  }

  /**
   * The same with the part of the work that failed.
   *
   * @param work e.g. {@code step 12}
   * @return this exception if it is no failure of the library
   */
  public EngineException during(String work) {
    return inLibrary ? new EngineException(work + ": " + getMessage(), this, false, true) : this;
  }

  /** An operation after the end of its engine. */
  public static EngineException closed(Engine engine) {
    return new EngineException("the engine " + engine.description() + " is closed");
  }

  /**
   * A tensor where one of another engine belongs.
   *
   * @param engine whose operation it is
   * @param given the tensor, of another engine or of another instance of this one
   */
  public static EngineException foreign(Engine engine, @Nullable Tensor given) {
    String mine = engine.description();
    if (given == null) {
      return new EngineException("null was given to the engine " + mine + " as a tensor");
    }
    String other = given.engine().description();
    return new EngineException(
        "a tensor of "
            + (mine.equals(other) ? "another engine " : "the engine ")
            + other
            + " was given to the engine "
            + mine
            + "; upload its numbers there");
  }

  /** A tensor after the end of the scope that freed it. */
  public static EngineException freed() {
    return new EngineException("a tensor was used after the scope that made it had ended");
  }
}
