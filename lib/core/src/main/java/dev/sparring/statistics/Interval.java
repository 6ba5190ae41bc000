package dev.sparring.statistics;

/**
 * A range of numbers with its ends.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
  /** Checks the order. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("expected low <= high, got " + low + " and " + high);
    }
  }

  /** Whether a number is in the range or at its end. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
