package dev.sparring.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for several tests at once (Holm, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6, 1979). Rejecting where an adjusted p-value is
 * at most alpha keeps the chance of any wrong rejection at most alpha, however the tests depend on
 * each other.
 */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p-values, in the order of the given ones: the smallest times n, the next times n -
   * 1 and so on, none smaller than the one before it and none above 1.
   *
   * @param p numbers in [0, 1]
   */
  public static double[] adjust(double[] p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("p-values must be between 0 and 1, got " + value);
      }
    }
    int[] ascending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int i = ascending[rank];
      largest = Math.max(largest, Math.min(1, p[i] * (p.length - rank)));
      adjusted[i] = largest;
    }
    return adjusted;
  }
}
