package dev.sparring.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The distances of samples to their nearest neighbours among themselves. */
final class Neighbors {
  private final double[] nearest;
  private final int[] numbers;
  private final int most;

  private Neighbors(int rows, int most) {
    this.most = most;
    nearest = new double[rows * most];
    numbers = new int[rows * most];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
  }

  /**
   * Computes them, each pair of samples once; memory grows with n * most, not n * n.
   *
   * @param most number of neighbours of each sample, below the number of samples
   */
  static Neighbors of(Features x, int most) {
    Neighbors result = new Neighbors(x.rows(), most);
    double[] distances = new double[Block.SIZE];
    for (int from = 0; from < x.rows(); from += Block.SIZE) {
      Block block = new Block(x, from);
      for (int i = 0; i < from + block.size; i++) {
        block.squaredDistances(x, i, distances);
        for (int j = Math.max(0, i + 1 - from); j < block.size; j++) {
          result.offer(i, distances[j], from + j);
          result.offer(from + j, distances[j], i);
        }
      }
    }
    return result;
  }

  /**
   * The same bits with products: a pair's distance is computed only if the interval of its screen
   * allows that it is among the nearest so far of one of the two.
   */
  static Neighbors of(Features x, int most, Products products) {
    Screen screen = Screen.of(products.roundoff(), x);
    if (screen == null) {
      return of(x, most);
    }
    Neighbors result = new Neighbors(x.rows(), most);
    ScreenedPairs pairs = new ScreenedPairs(screen, x, products);
    double[] limits = new double[x.rows()];
    Arrays.fill(limits, Double.POSITIVE_INFINITY);
    int[] wanted = new int[Block.SIZE];
    double[] distances = new double[Block.SIZE];
    pairs.visit(
        (row, tile, from, size, middles, widths, exact) -> {
          int count = 0;
          double limit = limits[row];
          for (int j = from; j < size; j++) {
            // What is no number is wanted too.
            if (!(middles[j] - widths[j] >= Math.max(limit, limits[tile + j]))) {
              wanted[count++] = j;
            }
          }
          exact.of(row, tile, wanted, count, distances);
          for (int k = 0; k < count; k++) {
            int other = tile + wanted[k];
            result.offer(row, distances[k], other);
            result.offer(other, distances[k], row);
            limits[other] = result.limit(other, pairs);
          }
          limits[row] = count == 0 ? limit : result.limit(row, pairs);
        });
    return result;
  }

  /** What an interval must reach below, so that its distance may be among the nearest of a row. */
  private double limit(int row, ScreenedPairs pairs) {
    double last = nearest[(row + 1) * most - 1];
    // Nothing is nearer than what is equal.
    return last == 0 ? Double.NEGATIVE_INFINITY : pairs.scaled(last);
  }

  /** Keeps the smallest distances of a row in ascending order. */
  private void offer(int row, double distance, int number) {
    int first = row * most;
    int at = first + most - 1;
    if (!(distance < nearest[at])) {
      return;
    }
    while (at > first && nearest[at - 1] > distance) {
      nearest[at] = nearest[at - 1];
      numbers[at] = numbers[at - 1];
      at--;
    }
    nearest[at] = distance;
    numbers[at] = number;
  }

  /** The squared distance of each sample to its k-th nearest other one, k from 1. */
  double[] squaredRadii(int k) {
    double[] radii = new double[nearest.length / most];
    for (int row = 0; row < radii.length; row++) {
      radii[row] = nearest[row * most + k - 1];
    }
    return radii;
  }

  /**
   * The squared distance of a sample to its k-th nearest other one among some only.
   *
   * @param counts whether a sample is one of these
   * @return infinite if fewer than k of the neighbours that are kept are
   */
  double squaredRadius(int row, int k, IntPredicate counts) {
    int left = k;
    for (int at = row * most; at < (row + 1) * most; at++) {
      if (counts.test(numbers[at]) && --left == 0) {
        return nearest[at];
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
