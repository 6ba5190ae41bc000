package dev.sparring.train;

/** A training in which a loss or a weight is not finite any more: when and where. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final String place;

  DivergedException(long step, String place, String text) {
    super("diverged at step " + step + ": " + text);
    this.step = step;
    this.place = place;
  }

  /** The step in which it was seen, from 1. */
  public long step() {
    return step;
  }

  /**
   * The path of the first parameter or layer that is not finite, e.g. {@code generator.2.weight}.
   */
  public String place() {
    return place;
  }
}
