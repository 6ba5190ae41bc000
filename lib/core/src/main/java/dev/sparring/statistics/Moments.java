package dev.sparring.statistics;

import java.util.Arrays;

/** Mean and standard deviation of a sample. */
public final class Moments {
  private Moments() {}

  /**
   * The arithmetic mean.
   *
   * @param values at least one; NaN or infinite ones make the mean NaN or infinite
   */
  public static double mean(double[] values) {
    atLeast(1, values);
    // Two passes: the second corrects the rounding of the first.
    double first = Arrays.stream(values).sum() / values.length;
    if (!Double.isFinite(first)) {
      return first;
    }
    return first + Arrays.stream(values).map(v -> v - first).sum() / values.length;
  }

  /**
   * The standard deviation with n - 1 in the denominator, so that its square is an unbiased
   * estimate of the variance.
   *
   * @param values at least two
   */
  public static double standardDeviation(double[] values) {
    atLeast(2, values);
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  static void atLeast(int count, double[] values) {
    if (values.length < count) {
      throw new IllegalArgumentException(
          "expected at least " + count + " values, got " + values.length);
    }
  }

  static void finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("expected finite values, got " + value);
      }
    }
  }
}
