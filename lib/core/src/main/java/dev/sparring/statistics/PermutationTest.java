package dev.sparring.statistics;

import dev.sparring.random.RandomStream;

/**
 * Whether two samples differ in their means by more than chance, by Fisher's permutation test ("The
 * Design of Experiments", 1935): how often would values dealt out to the two samples anew differ by
 * as much as the given ones, or more?
 *
 * <p>Chosen over Welch's t-test because it assumes no distribution: what a GAN reaches from
 * different seeds is often far from normal, with a few collapsed runs among good ones. Its price is
 * that few values can show little: the smallest p of two samples of 3 is 0.1, of 4 is 0.029, of 5
 * is 0.008.
 */
public final class PermutationTest {
  /** Up to so many ways to deal out the values are all tried; of more, so many are drawn. */
  public static final int MOST = 20_000;

  private PermutationTest() {}

  /**
   * The two-sided p-value: the share of deals whose absolute difference of means is at least the
   * observed one. Exact for up to {@link #MOST} deals; of more, {@code MOST} are drawn and the
   * observed one is added (Phipson and Smyth, "Permutation p-values should never be zero", 2010).
   *
   * @param a at least one value, finite
   * @param b at least one value, finite
   * @param random where deals come from if there are too many to try them all
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

  /** How many ways there are to choose k of n, as a double since it may be huge. */
  static double choices(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return Math.rint(ways);
  }

  /** Counts deals, and those that differ by as much as the observed one. */
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
      // Less a little: the same values summed in another order must not count as nearer.
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

    /** Of the means, where the first of these values are sample a. */
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
