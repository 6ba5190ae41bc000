package dev.sparring.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Whether the rate of something in a number of runs differs from a given one by more than chance:
 * the exact test of the binomial distribution, by Apache Commons Statistics. With a rate of one
 * half it is the sign test of a median: as many runs should lie above it as below.
 */
public final class RateTest {
  private RateTest() {}

  /**
   * The two-sided p-value: the probability of all counts that are at most as probable as the given
   * one.
   *
   * @param count 0 to {@code runs}
   * @param runs at least 0; of none the p-value is 1
   * @param rate in [0, 1]
   */
  public static double twoSided(int count, int runs, double rate) {
    if (count < 0 || count > runs || !(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "expected 0 to n of n runs and a rate in [0, 1], got "
              + count
              + " of "
              + runs
              + " and "
              + rate);
    }
    if (runs == 0) {
      return 1;
    }
    return Math.min(1, BinomialTest.withDefaults().test(runs, count, rate).getPValue());
  }

  /** The smallest p-value that this number of runs can have. */
  public static double smallest(int runs, double rate) {
    double least = 1;
    for (int count = 0; count <= runs; count++) {
      least = Math.min(least, twoSided(count, runs, rate));
    }
    return least;
  }

  /**
   * An interval for the median of values, from one of them to another: those medians that the sign
   * test does not exclude.
   *
   * @param values at least one, no NaN; may be infinite
   * @param level confidence level in (0, 1), e.g. 0.95
   * @return from minus to plus infinity where the values are too few for one
   */
  public static Interval median(double[] values, double level) {
    Moments.atLeast(1, values);
    Bootstrap.requireLevel(level);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = 0;
    while (cut < (values.length + 1) / 2 && twoSided(cut, values.length, 0.5) <= 1 - level) {
      cut++;
    }
    return cut == 0
        ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new Interval(sorted[cut - 1], sorted[values.length - cut]);
  }
}
