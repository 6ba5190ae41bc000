package dev.sparring.statistics;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Whether paired runs differ by more than chance, by Wilcoxon's signed ranks ("Individual
 * comparisons by ranking methods", Biometrics Bulletin 1, 1945) under all flips of signs: how often
 * would differences of these sizes, each with a sign by the toss of a coin, lean to one side as
 * much as the given ones? Runs that share a seed are such a pair: what the seed does to both does
 * not count.
 *
 * <p>A run that failed is {@link Double#POSITIVE_INFINITY}, as in {@link RankTest}: if one of a
 * pair failed, that is the greatest difference, equal for all such pairs; if both did, there is
 * none. Pairs that are equal take part in the ranking and have no sign (Pratt, Journal of the
 * American Statistical Association 54, 1959).
 */
public final class SignedRankTest {
  /** The sums of more ranks take too long to count. */
  private static final int MOST_EXACT = 500;

  private SignedRankTest() {}

  /**
   * The two-sided p-value; exact up to 500 pairs, afterwards by the normal distribution, both with
   * middle ranks for ties.
   *
   * @param a at least one value, no NaN; may be infinite
   * @param b as many, the partners in the same order
   */
  public static double twoSided(double[] a, double[] b) {
    Moments.atLeast(1, a);
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "expected as many values in both, got " + a.length + " and " + b.length);
    }
    // Equal infinities have no difference.
    double[] differences =
        IntStream.range(0, a.length).mapToDouble(i -> a[i] == b[i] ? 0 : a[i] - b[i]).toArray();
    int[] ranks = RankSums.doubledRanks(absolute(differences));
    if (isAllZero(differences)) {
      return 1;
    }
    if (differences.length > MOST_EXACT) {
      return WilcoxonSignedRankTest.withDefaults()
          .with(PValueMethod.ASYMPTOTIC)
          .test(differences)
          .getPValue();
    }
    int[] moving =
        IntStream.range(0, ranks.length)
            .filter(i -> differences[i] != 0)
            .map(i -> ranks[i])
            .toArray();
    int worse =
        IntStream.range(0, ranks.length).filter(i -> differences[i] > 0).map(i -> ranks[i]).sum();
    return RankSums.twoSided(RankSums.ofAnySize(moving), worse);
  }

  /** The smallest p-value that this number of pairs can have: 2 over the number of flips. */
  public static double smallest(int pairs) {
    return Math.min(1, 2 / Math.pow(2, pairs));
  }

  private static double[] absolute(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).toArray();
  }

  private static boolean isAllZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
