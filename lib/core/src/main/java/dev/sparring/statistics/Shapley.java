package dev.sparring.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much each of several changes contributes to the difference that all of them make, whatever
 * depends on their order: the Shapley values of a game (Shapley: A value for n-person games, 1953).
 *
 * <p>A change's contribution in one order is what it adds to the changes that come before it in
 * that order; its Shapley value is the mean over orders. The values of all changes sum to the whole
 * difference, also if only some orders are taken, because the contributions in each order do.
 *
 * <p>A set of changes is a number with bit i for change i.
 */
public final class Shapley {
  /** With more changes, the sets are too many for all orders. */
  public static final int MOST_FOR_ALL_ORDERS = 16;

  private static final int MOST = 62;

  private final int changes;
  private final long[] sets;
  private final double[][] weights;

  private Shapley(int changes, SortedMap<Long, double[]> weights) {
    this.changes = changes;
    this.sets = weights.keySet().stream().mapToLong(Long::longValue).toArray();
    this.weights = weights.values().toArray(double[][]::new);
  }

  /** Over all orders of some changes, 1 to {@value #MOST_FOR_ALL_ORDERS}. */
  public static Shapley allOrders(int changes) {
    require(changes, MOST_FOR_ALL_ORDERS);
    TreeMap<Long, double[]> weights = new TreeMap<>();
    for (long set = 0; set < (1L << changes); set++) {
      double weight = weight(changes, Long.bitCount(set));
      for (int change = 0; change < changes; change++) {
        long bit = 1L << change;
        if ((set & bit) == 0) {
          of(weights, set | bit, changes)[change] += weight;
          of(weights, set, changes)[change] -= weight;
        }
      }
    }
    return new Shapley(changes, weights);
  }

  /** The share of orders in which exactly the changes of a set of that size come before one. */
  private static double weight(int changes, int size) {
    double orders = changes;
    for (int i = 0; i < size; i++) {
      orders *= (changes - 1.0 - i) / (i + 1.0);
    }
    return 1 / orders;
  }

  /**
   * Over these orders, all of which count alike.
   *
   * @param orders at least one, each with the numbers from 0 of all changes; may repeat
   */
  public static Shapley orders(List<int[]> orders) {
    if (orders.isEmpty()) {
      throw new IllegalArgumentException("expected at least one order");
    }
    int changes = orders.get(0).length;
    require(changes, MOST);
    TreeMap<Long, double[]> weights = new TreeMap<>();
    for (int[] order : orders) {
      int[] sorted = Arrays.stream(order).sorted().toArray();
      if (!Arrays.equals(sorted, IntStream.range(0, changes).toArray())) {
        throw new IllegalArgumentException("no order of all changes: " + Arrays.toString(order));
      }
      long before = 0;
      for (int change : order) {
        long after = before | (1L << change);
        of(weights, after, changes)[change] += 1.0 / orders.size();
        of(weights, before, changes)[change] -= 1.0 / orders.size();
        before = after;
      }
    }
    return new Shapley(changes, weights);
  }

  private static void require(int changes, int most) {
    if (changes < 1 || changes > most) {
      throw new IllegalArgumentException("expected 1 to " + most + " changes, got " + changes);
    }
  }

  private static double[] of(Map<Long, double[]> weights, long set, int changes) {
    return weights.computeIfAbsent(set, s -> new double[changes]);
  }

  /** How many changes there are. */
  public int changes() {
    return changes;
  }

  /** The sets whose results count, ascending: first that of no change, last that of all. */
  public List<Long> sets() {
    return Arrays.stream(sets).boxed().toList();
  }

  /**
   * The contributions of all changes.
   *
   * @param results of each of {@link #sets}, in their order
   */
  public double[] of(double[] results) {
    if (results.length != sets.length) {
      throw new IllegalArgumentException(
          "expected " + sets.length + " results, got " + results.length);
    }
    double[] found = new double[changes];
    for (int i = 0; i < results.length; i++) {
      for (int change = 0; change < changes; change++) {
        if (weights[i][change] != 0) {
          found[change] += weights[i][change] * results[i];
        }
      }
    }
    return found;
  }
}
