package dev.sparring.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of the kernel (x.y / d + 1)^3 over the pairs of samples of subsets, from one pass over the
 * products of all samples that are in some subset. The products of a block are used by every subset
 * and then dropped.
 */
final class KernelSums {
  private final Products products;

  KernelSums(Products products) {
    this.products = products;
  }

  /** What subsets take of samples. */
  static final class Drawn {
    private final Features all;

    /** The rows that are in some subset, ascending. */
    private final int[] used;

    /** The places of each subset's rows in used, ascending. */
    private final int[][] subsets;

    private Drawn(Features all, int[] used, int[][] subsets) {
      this.all = all;
      this.used = used;
      this.subsets = subsets;
    }

    /** Of the subsets' rows of all samples, in any order. */
    static Drawn of(Features all, int[][] subsets) {
      int[] used = used(subsets);
      int[] place = new int[all.rows()];
      for (int i = 0; i < used.length; i++) {
        place[used[i]] = i;
      }
      int[][] places = new int[subsets.length][];
      Arrays.setAll(
          places, s -> IntStream.of(subsets[s]).map(row -> place[row]).sorted().toArray());
      return new Drawn(all, used, places);
    }

    /** The rows that are in some subset, ascending. */
    static int[] used(int[][] subsets) {
      return Arrays.stream(subsets).flatMapToInt(IntStream::of).sorted().distinct().toArray();
    }

    private int count() {
      return used.length;
    }

    private double[] part(int from, int to) {
      int d = all.columns();
      double[] part = new double[(to - from) * d];
      for (int i = from; i < to; i++) {
        System.arraycopy(all.values(), used[i] * d, part, (i - from) * d, d);
      }
      return part;
    }
  }

  /** For each subset the sum over the ordered pairs of different samples. */
  double[] within(Drawn x) {
    double[] sums = sums(x, x, true);
    for (int s = 0; s < sums.length; s++) {
      sums[s] *= 2;
    }
    return sums;
  }

  /** For each subset the sum over the pairs of a sample of one side and one of the other. */
  double[] across(Drawn x, Drawn y) {
    return sums(x, y, false);
  }

  private double[] sums(Drawn x, Drawn y, boolean once) {
    double[] sums = new double[x.subsets.length];
    int d = x.all.columns();
    BlockSizes sizes = once ? BlockSizes.of(d).ofPairs(x.count()) : BlockSizes.of(d);
    for (int from = 0; from < x.count(); from += sizes.left()) {
      int top = from;
      int bottom = Math.min(x.count(), from + sizes.left());
      // Of a side's own pairs those with later samples; the other half is equal.
      int start = once ? from : 0;
      products.multiply(
          x.part(top, bottom),
          d,
          BlockSizes.count(y.count() - start, sizes.right()),
          block -> {
            int first = start + block * sizes.right();
            return y.part(first, Math.min(y.count(), first + sizes.right()));
          },
          (block, found) -> {
            kernel(found, d);
            int first = start + block * sizes.right();
            for (int s = 0; s < sums.length; s++) {
              sums[s] += sum(x.subsets[s], top, bottom, y.subsets[s], first, found, once);
            }
          });
    }
    return sums;
  }

  private static void kernel(double[] products, int d) {
    for (int i = 0; i < products.length; i++) {
      double base = products[i] / d + 1;
      products[i] = base * base * base;
    }
  }

  /** The sum over the pairs of a subset that are in a block. */
  private static double sum(
      int[] x, int top, int bottom, int[] y, int first, double[] kernels, boolean once) {
    int width = kernels.length / (bottom - top);
    int fromX = place(x, top);
    int toX = place(x, bottom);
    int fromY = place(y, first);
    int toY = place(y, first + width);
    double sum = 0;
    for (int i = fromX; i < toX; i++) {
      int at = (x[i] - top) * width - first;
      double ofRow = 0;
      // Where both sides are one, the pairs with later samples.
      for (int j = once ? Math.max(fromY, i + 1) : fromY; j < toY; j++) {
        ofRow += kernels[at + y[j]];
      }
      sum += ofRow;
    }
    return sum;
  }

  /** The index of the first number that is not below a limit. */
  private static int place(int[] ascending, int limit) {
    int found = Arrays.binarySearch(ascending, limit);
    return found >= 0 ? found : -found - 1;
  }
}
