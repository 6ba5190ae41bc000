package dev.sparring.statistics;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * Confidence intervals of a rate, such as of failures (Clopper and Pearson, "The use of confidence
 * or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934). They hold at
 * least what they promise for any number of runs, also where none has failed: of 0 failures in 5
 * runs the rate may still be .52.
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /**
   * The interval, by Apache Commons Statistics.
   *
   * @param failures 0 to {@code runs}
   * @param runs at least 1
   * @param level confidence level in (0, 1), e.g. 0.95
   */
  public static Interval interval(int failures, int runs, double level) {
    if (runs < 1 || failures < 0 || failures > runs) {
      throw new IllegalArgumentException(
          "expected 0 to n failures of n >= 1 runs, got " + failures + " of " + runs);
    }
    Bootstrap.requireLevel(level);
    var found = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(runs, failures, 1 - level);
    return new Interval(found.getLowerBound(), found.getUpperBound());
  }
}
