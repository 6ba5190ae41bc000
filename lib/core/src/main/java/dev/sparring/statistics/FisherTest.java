package dev.sparring.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether two rates differ by more than chance, by Fisher's exact test ("Statistical Methods for
 * Research Workers", 1934): of runs that fail, for one.
 */
public final class FisherTest {
  private FisherTest() {}

  /**
   * The two-sided p-value, by Apache Commons Statistics: the share of all tables with the same sums
   * that are at most as probable as the given one.
   *
   * @param failuresA 0 to {@code runsA}
   * @param failuresB 0 to {@code runsB}
   */
  public static double twoSided(int failuresA, int runsA, int failuresB, int runsB) {
    require(failuresA, runsA);
    require(failuresB, runsB);
    if (failuresA + failuresB == 0 || failuresA + failuresB == runsA + runsB) {
      return 1;
    }
    int[][] table = {{failuresA, runsA - failuresA}, {failuresB, runsB - failuresB}};
    return Math.min(1, FisherExactTest.withDefaults().test(table).getPValue());
  }

  /**
   * How probable it is that the test tells two rates apart: that its p-value is at most alpha.
   *
   * @param runs of each of the two, at least 1
   * @param rateA in [0, 1]
   * @param rateB in [0, 1]
   * @param alpha in (0, 1), e.g. 0.05
   */
  public static double power(int runs, double rateA, double rateB, double alpha) {
    require(0, runs);
    var a = BinomialDistribution.of(runs, rateA);
    var b = BinomialDistribution.of(runs, rateB);
    double power = 0;
    for (int i = 0; i <= runs; i++) {
      for (int j = 0; j <= runs; j++) {
        if (twoSided(i, runs, j, runs) <= alpha) {
          power += a.probability(i) * b.probability(j);
        }
      }
    }
    return Math.min(1, power);
  }

  private static void require(int failures, int runs) {
    if (runs < 1 || failures < 0 || failures > runs) {
      throw new IllegalArgumentException(
          "expected 0 to n failures of n >= 1 runs, got " + failures + " of " + runs);
    }
  }
}
