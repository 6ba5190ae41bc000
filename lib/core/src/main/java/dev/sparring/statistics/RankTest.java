package dev.sparring.statistics;

import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Whether the runs of one sample are better than those of another, by ranks: Mann and Whitney's U
 * ("On a test of whether one of two random variables is stochastically larger than the other",
 * Annals of Mathematical Statistics 18, 1947), with its permutation distribution under ties.
 *
 * <p>Because it sees ranks only, a run that failed needs no figure: {@link
 * Double#POSITIVE_INFINITY} is worse than every figure, and all failures are equal (the worst-rank
 * score of Lachin, "Worst-rank score analysis with informatively missing observations in clinical
 * trials", Controlled Clinical Trials 20, 1999). So a sample in which most runs diverged is never
 * good for the lucky ones. Smaller values are better here; turn the sign where larger ones are.
 *
 * <p>Apache Commons Statistics has the exact distribution without ties only; failures are ties, so
 * the exact one is computed here, and the library gives the ranks and, for large samples, the
 * normal approximation.
 */
public final class RankTest {
  private RankTest() {}

  /**
   * The two-sided p-value: the share of all ways to deal the values to two samples whose U is at
   * least as far from its mean as the given one. Exact up to about 75 values each, afterwards by
   * the normal distribution with corrections for ties and continuity.
   *
   * @param a at least one value, no NaN; may be infinite
   * @param b at least one value, no NaN; may be infinite
   */
  public static double twoSided(double[] a, double[] b) {
    Moments.atLeast(1, a);
    Moments.atLeast(1, b);
    if (a.length > b.length) {
      return twoSided(b, a);
    }
    int[] ranks = RankSums.doubledRanks(join(a, b));
    if (!RankSums.isFeasible(ranks, a.length)) {
      double p =
          MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(a, b).getPValue();
      // Where all values are equal the variance is 0.
      return Double.isNaN(p) ? 1 : Math.min(1, p);
    }
    int observed = 0;
    for (int i = 0; i < a.length; i++) {
      observed += ranks[i];
    }
    return RankSums.twoSided(RankSums.ofSize(ranks, a.length), observed);
  }

  /**
   * The smallest p-value that samples of this size can have: 2 over the number of ways to deal
   * them.
   */
  public static double smallest(int sizeA, int sizeB) {
    double ways = 1;
    for (int i = 1; i <= sizeA; i++) {
      ways = ways * (sizeB + i) / i;
    }
    return Math.min(1, 2 / ways);
  }

  /**
   * The probability that a run of the first sample is better than one of the second, half of the
   * ties counted: U over the product of the sizes, the "probability of improvement" of Agarwal et
   * al. (arXiv:2108.13264). One half means no difference.
   *
   * @param a at least one value, no NaN; smaller is better
   * @param b at least one value, no NaN
   */
  public static double improvement(double[] a, double[] b) {
    Moments.atLeast(1, a);
    Moments.atLeast(1, b);
    double better = 0;
    for (double one : a) {
      for (double other : b) {
        better += one < other ? 1 : one == other ? 0.5 : 0;
      }
    }
    return better / ((double) a.length * b.length);
  }

  private static double[] join(double[] a, double[] b) {
    double[] all = new double[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
