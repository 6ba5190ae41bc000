package dev.sparring.data;

import dev.sparring.setting.Require;

/**
 * The smallest and the largest value of the data, which are read as -1 and 1. Values between are
 * mapped linearly; values outside are errors.
 *
 * @param from the value that is read as -1
 * @param to the value that is read as 1
 */
public record ValueRange(double from, double to) {
  /** Checks the limits. */
  public ValueRange {
    Require.finite("from", from);
    Require.finite("to", to);
    Require.finite("to - from", to - from);
    if (!(from < to)) {
      throw new IllegalArgumentException("from must be < to, got " + from + " and " + to);
    }
  }

  /** From one value to another. */
  public static ValueRange range(double from, double to) {
    return new ValueRange(from, to);
  }

  boolean holds(double value) {
    return value >= from && value <= to;
  }

  float scaled(double value) {
    return (float) ((value - from) / (to - from) * 2 - 1);
  }
}
