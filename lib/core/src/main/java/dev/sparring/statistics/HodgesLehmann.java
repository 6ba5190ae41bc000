package dev.sparring.statistics;

import java.util.Arrays;

/**
 * By how much the values of one sample lie above those of another, without any distribution:
 * estimates and intervals of Hodges and Lehmann ("Estimates of location based on rank tests",
 * Annals of Mathematical Statistics 34, 1963), which go with {@link RankTest} and {@link
 * SignedRankTest}. An interval holds the shifts that the test does not exclude.
 *
 * <p>Values may be infinite, as those of runs that failed; so may be what is found. Two equal
 * infinities differ by 0.
 */
public final class HodgesLehmann {
  private HodgesLehmann() {}

  /**
   * What is found.
   *
   * @param shift how far the first sample lies above the second
   * @param interval its interval; from minus to plus infinity where the values are too few for one
   */
  public record Shift(double shift, Interval interval) {}

  /**
   * The shift between two samples: the median of the differences of all pairs.
   *
   * @param a at least one value, no NaN
   * @param b at least one value, no NaN
   * @param level confidence level in (0, 1), e.g. 0.95; exact where no values are equal
   */
  public static Shift ofTwo(double[] a, double[] b, double level) {
    Moments.atLeast(1, a);
    Moments.atLeast(1, b);
    double[] differences = new double[a.length * b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        differences[i * b.length + j] = difference(a[i], b[j]);
      }
    }
    int[] ranks = new int[a.length + b.length];
    Arrays.setAll(ranks, i -> i + 1);
    double[] counts = RankSums.ofSize(ranks, a.length);
    return between(differences, counts, a.length * (a.length + 1) / 2, level);
  }

  /**
   * The shift within pairs: the median of the means of any two pairs' differences.
   *
   * @param a at least one value, no NaN
   * @param b as many, the partners in the same order
   * @param level confidence level in (0, 1), e.g. 0.95; exact where no differences are equal
   */
  public static Shift ofPairs(double[] a, double[] b, double level) {
    Moments.atLeast(1, a);
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "expected as many values in both, got " + a.length + " and " + b.length);
    }
    double[] means = new double[a.length * (a.length + 1) / 2];
    int next = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = (difference(a[i], b[i]) + difference(a[j], b[j])) / 2;
        means[next++] = Double.isNaN(mean) ? 0 : mean;
      }
    }
    int[] ranks = new int[a.length];
    Arrays.setAll(ranks, i -> i + 1);
    return between(means, RankSums.ofAnySize(ranks), 0, level);
  }

  private static double difference(double a, double b) {
    return a == b ? 0 : a - b;
  }

  /**
   * Cuts as many of the ordered values off at each end as the test's distribution allows.
   *
   * @param counts by the statistic, which is as many ways
   * @param least its smallest value
   */
  private static Shift between(double[] values, double[] counts, int least, double level) {
    Bootstrap.requireLevel(level);
    Arrays.sort(values);
    double all = Arrays.stream(counts).sum();
    double below = 0;
    int cut = 0;
    while (2 * (below + counts[least + cut]) <= (1 - level) * all * (1 + 1e-9)) {
      below += counts[least + cut];
      cut++;
    }
    double middle = Bootstrap.quantile(values, 0.5);
    double median = Double.isNaN(middle) ? values[values.length / 2] : middle;
    Interval interval =
        cut == 0
            ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            : new Interval(values[cut - 1], values[values.length - cut]);
    return new Shift(median, interval);
  }
}
