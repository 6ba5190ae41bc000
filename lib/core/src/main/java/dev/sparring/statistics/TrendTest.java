package dev.sparring.statistics;

import dev.sparring.random.RandomStream;

/**
 * Whether values rise or fall over groups that have an order, such as depths of a network, by more
 * than chance: the test of Jonckheere ("A distribution-free k-sample test against ordered
 * alternatives", Biometrika 41, 1954) and Terpstra. Of all pairs of values from different groups it
 * counts those in which the one of the later group is greater.
 *
 * <p>It sees ranks only, so a run that failed may be {@link Double#POSITIVE_INFINITY}. A trend is
 * one of the whole: of two neighbours it says nothing.
 */
public final class TrendTest {
  /** How many orders are drawn. */
  public static final int DRAWS = 20_000;

  private TrendTest() {}

  /**
   * The probability that a value is greater than one of an earlier group, half of the ties counted.
   * One half means no trend.
   *
   * @param groups at least two, in their order, none empty; no NaN
   */
  public static double rise(double[]... groups) {
    require(groups);
    return greater(groups) / pairs(groups);
  }

  /**
   * The two-sided p-value: the share of random orders of the values, the given one among them, that
   * lean to one side at least as much (Phipson and Smyth, "Permutation p-values should never be
   * zero", 2010).
   *
   * @param random random numbers for the orders; equal streams give equal p-values
   * @param groups as in {@link #rise}
   */
  public static double twoSided(RandomStream random, double[]... groups) {
    require(groups);
    double[] all = new double[total(groups)];
    double[][] drawn = new double[groups.length][];
    int next = 0;
    for (int g = 0; g < groups.length; g++) {
      System.arraycopy(groups[g], 0, all, next, groups[g].length);
      next += groups[g].length;
      drawn[g] = new double[groups[g].length];
    }
    double middle = pairs(groups) / 2;
    double observed = Math.abs(greater(groups) - middle);
    int asFar = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] order = random.permutation(all.length);
      int from = 0;
      for (double[] group : drawn) {
        for (int i = 0; i < group.length; i++) {
          group[i] = all[order[from++]];
        }
      }
      asFar += Math.abs(greater(drawn) - middle) >= observed ? 1 : 0;
    }
    return asFar / (DRAWS + 1.0);
  }

  /**
   * The smallest p-value that this number of groups of one size can have.
   *
   * @param groups at least two
   * @param size of each, at least 1
   */
  public static double smallest(int groups, int size) {
    double ways = 1;
    for (int i = 1; i <= groups * size; i++) {
      ways = ways * i / (1 + (i - 1) % size);
    }
    return Math.min(1, Math.max(2 / ways, 1 / (DRAWS + 1.0)));
  }

  private static double greater(double[][] groups) {
    double count = 0;
    for (int g = 1; g < groups.length; g++) {
      for (int before = 0; before < g; before++) {
        for (double late : groups[g]) {
          for (double early : groups[before]) {
            count += late > early ? 1 : late == early ? 0.5 : 0;
          }
        }
      }
    }
    return count;
  }

  private static double pairs(double[][] groups) {
    double within = 0;
    for (double[] group : groups) {
      within += (double) group.length * group.length;
    }
    double all = total(groups);
    return (all * all - within) / 2;
  }

  private static int total(double[][] groups) {
    int total = 0;
    for (double[] group : groups) {
      total += group.length;
    }
    return total;
  }

  private static void require(double[][] groups) {
    if (groups.length < 2) {
      throw new IllegalArgumentException("expected at least two groups, got " + groups.length);
    }
    for (double[] group : groups) {
      Moments.atLeast(1, group);
    }
  }
}
