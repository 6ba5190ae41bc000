package dev.sparring.train;

/** A loss or a weight of a training is no longer finite; says when and where. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final String place;
  private final String reason;

  DivergedException(long step, String place, String reason) {
    super("diverged at step " + step + ": " + reason);
    this.reason = reason;
    this.step = step;
    this.place = place;
  }

  /** The step in which it was noticed, from 1. */
  public long step() {
    return step;
  }

  /** What is not finite, in one line, e.g. {@code loss_d is NaN}. */
  public String reason() {
    return reason;
  }

  /**
   * The path of the first parameter or layer that is not finite, e.g. {@code generator.2.weight}.
   */
  public String place() {
    return place;
  }
}
