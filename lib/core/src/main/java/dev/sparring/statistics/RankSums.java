package dev.sparring.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * How many choices of ranks have which sum. Ranks are doubled, so that the middle ranks of ties are
 * whole numbers; counts are doubles, because they are huge.
 */
final class RankSums {
  /** Additions that take less than a second. */
  private static final double MOST_WORK = 3e8;

  private RankSums() {}

  /** Twice the ranks from 1, ties in the middle. */
  static int[] doubledRanks(double[] values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("expected numbers, got NaN");
      }
    }
    double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).apply(values);
    return Arrays.stream(ranks).mapToInt(rank -> (int) Math.rint(2 * rank)).toArray();
  }

  /** Whether {@link #ofSize} is fast enough, and its counts are no infinities. */
  static boolean isFeasible(int[] ranks, int size) {
    return ranks.length <= 1000 && (double) ranks.length * size * total(ranks) <= MOST_WORK;
  }

  private static long total(int[] ranks) {
    return Arrays.stream(ranks).asLongStream().sum();
  }

  /** By sum, how many choices of {@code size} ranks have it. */
  static double[] ofSize(int[] ranks, int size) {
    double[][] counts = new double[size + 1][(int) total(ranks) + 1];
    counts[0][0] = 1;
    int most = 0;
    for (int i = 0; i < ranks.length; i++) {
      most += ranks[i];
      for (int k = Math.min(size, i + 1); k >= 1; k--) {
        for (int sum = most; sum >= ranks[i]; sum--) {
          counts[k][sum] += counts[k - 1][sum - ranks[i]];
        }
      }
    }
    return counts[size];
  }

  /** By sum, how many choices of any number of ranks have it. */
  static double[] ofAnySize(int[] ranks) {
    double[] counts = new double[(int) total(ranks) + 1];
    counts[0] = 1;
    int most = 0;
    for (int rank : ranks) {
      most += rank;
      for (int sum = most; sum >= rank; sum--) {
        counts[sum] += counts[sum - rank];
      }
    }
    return counts;
  }

  /** The share of choices whose sum is at least as far from the mean as the observed one. */
  static double twoSided(double[] counts, int observed) {
    double all = 0;
    double weighted = 0;
    for (int sum = 0; sum < counts.length; sum++) {
      all += counts[sum];
      weighted += counts[sum] / 2 * sum;
    }
    // The distribution is symmetric, and sums are whole numbers: the doubled mean is one too.
    long doubledMean = Math.round(4 * (weighted / all));
    long distance = Math.abs(2L * observed - doubledMean);
    double asFar = 0;
    for (int sum = 0; sum < counts.length; sum++) {
      if (Math.abs(2L * sum - doubledMean) >= distance) {
        asFar += counts[sum];
      }
    }
    return Math.min(1, asFar / all);
  }
}
