package dev.sparring.statistics;

import dev.sparring.random.RandomStream;

/**
 * Whether two samples differ in their means by more than chance, by Fisher's permutation test ("The
 * Design of Experiments", 1935): how often would values assigned to the two samples at random
 * differ by as much as the given ones, or more?
 *
 * <p>Chosen over Welch's t-test because it assumes no distribution: results of a GAN from different
 * seeds are often far from normal, with a few collapsed runs among good ones. The drawback is that
 * few values cannot show much: the smallest p of two samples of 3 is 0.1, of 4 is 0.029, of 5 is
 * 0.008.
 */
public final class PermutationTest {
  /**
   * The largest number of assignments that are all tried; if there are more, this number is drawn.
   */
  public static final int MOST = 20_000;

  private PermutationTest() {}

  /**
   * The two-sided p-value: the share of assignments whose absolute difference of means is at least
   * the observed one. Exact for up to {@link #MOST} assignments; if there are more, {@code MOST}
   * are drawn and the observed one is added (Phipson and Smyth, "Permutation p-values should never
   * be zero", 2010).
   *
   * @param a at least one value, finite
   * @param b at least one value, finite
   * @param random random numbers for assignments if there are too many to try them all
   */
  public static double twoSided(double[] a, double[] b, RandomStream random) {
    Moments.atLeast(1, a);
    Moments.atLeast(1, b);
    Moments.finite(a);
    Moments.finite(b);
    Deals deals = new Deals(a, b);
    if (choices(deals.all.length, a.length) <= MOST) {
      deals.tryAll(new int[a.length], 0, 0);
      return (double) deals.asFar / deals.tried;
    }
    for (int i = 0; i < MOST; i++) {
      deals.tryOne(random.permutation(deals.all.length));
    }
    return (deals.asFar + 1.0) / (deals.tried + 1.0);
  }

  /** The number of ways to choose k of n, as a double because it may be huge. */
  static double choices(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return Math.rint(ways);
  }

  /** Counts assignments, and those that differ by at least as much as the observed one. */
  private static final class Deals {
    private final double[] all;
    private final int sizeA;
    private final double observed;
    private int tried;
    private int asFar;

    Deals(double[] a, double[] b) {
      double scale = 0;
      all = new double[a.length + b.length];
      System.arraycopy(a, 0, all, 0, a.length);
      System.arraycopy(b, 0, all, a.length, b.length);
      double mean = Moments.mean(all);
      for (int i = 0; i < all.length; i++) {
        all[i] -= mean;
        scale = Math.max(scale, Math.abs(all[i]));
      }
      sizeA = a.length;
      int[] first = new int[sizeA];
      for (int i = 0; i < sizeA; i++) {
        first[i] = i;
      }
      // With a small tolerance, because the same values summed in another order may differ by
      // rounding.
      observed = difference(first) - 1e-12 * scale;
    }

    void tryAll(int[] chosen, int count, int from) {
      if (count == sizeA) {
        tryOne(chosen);
        return;
      }
      for (int i = from; i <= all.length - (sizeA - count); i++) {
        chosen[count] = i;
        tryAll(chosen, count + 1, i + 1);
      }
    }

    void tryOne(int[] order) {
      tried++;
      if (difference(order) >= observed) {
        asFar++;
      }
    }

    /** The difference of means if the first of these values are sample a. */
    private double difference(int[] order) {
      double sum = 0;
      for (int i = 0; i < sizeA; i++) {
        sum += all[order[i]];
      }
      // The values are centred: the others' sum is the negative of this one's.
      return Math.abs(sum / sizeA + sum / (all.length - sizeA));
    }
  }
}
