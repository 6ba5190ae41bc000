package dev.sparring.metric;

import java.util.Arrays;

/**
 * A covariance as L L^T with L lower triangular, after its rows and columns were put in another
 * order: the largest remaining variance is always next, and what is left when none is larger than
 * rounding counts as 0. So singular covariances need no offset, and L has a column for each
 * dimension that they span.
 *
 * <p>In blocks of columns (LAPACK's dpstrf): a block's columns are computed one after the other,
 * then their products are taken from the rest in one go.
 */
final class PivotedCholesky {
  private static final int BLOCK = 32;

  /** A variance is 0 up to rounding if it is below the largest one times this. */
  private static final double ROUNDING = 8 * 0x1p-52;

  private final int d;

  /** The covariance in the new order; columns below the rank become those of L. */
  private final double[] a;

  private final int[] order;

  /** The sums of squares that the current block takes from the variances. */
  private final double[] taken;

  private int rank;

  /** Decomposes a symmetric (d, d), row-major, which stays as it is. */
  PivotedCholesky(double[] covariance, int d) {
    this.d = d;
    a = covariance.clone();
    order = new int[d];
    taken = new double[d];
    double largest = 0;
    for (int i = 0; i < d; i++) {
      order[i] = i;
      largest = Math.max(largest, a[i * d + i]);
    }
    double least = largest * ROUNDING;
    boolean more = largest > 0;
    for (int from = 0; more && from < d; from += BLOCK) {
      more = columns(from, Math.min(d, from + BLOCK), least);
      if (more) {
        subtract(from, Math.min(d, from + BLOCK));
      }
    }
  }

  /** The number of columns of L. */
  int rank() {
    return rank;
  }

  /** The index in the covariance of each row of L. */
  int[] order() {
    return order;
  }

  /** One number of L. */
  double get(int row, int column) {
    return column <= row ? a[row * d + column] : 0;
  }

  /** Computes columns of L until no variance is left; whether one is. */
  private boolean columns(int from, int to, double least) {
    Arrays.fill(taken, 0);
    for (int j = from; j < to; j++) {
      int pivot = j;
      double most = 0;
      for (int i = j; i < d; i++) {
        if (j > from) {
          double last = a[i * d + j - 1];
          taken[i] += last * last;
        }
        double left = a[i * d + i] - taken[i];
        if (left > most) {
          most = left;
          pivot = i;
        }
      }
      if (most <= least) {
        return false;
      }
      exchange(j, pivot);
      double root = Math.sqrt(most);
      a[j * d + j] = root;
      for (int i = j + 1; i < d; i++) {
        double sum = a[i * d + j];
        for (int c = from; c < j; c++) {
          sum -= a[i * d + c] * a[j * d + c];
        }
        a[i * d + j] = sum / root;
      }
      rank = j + 1;
    }
    return true;
  }

  /** Exchanges two rows and the same columns; of the lower triangle only. */
  private void exchange(int j, int pivot) {
    if (pivot == j) {
      return;
    }
    for (int c = 0; c < j; c++) {
      swap(j * d + c, pivot * d + c);
    }
    for (int i = j + 1; i < pivot; i++) {
      swap(i * d + j, pivot * d + i);
    }
    for (int i = pivot + 1; i < d; i++) {
      swap(i * d + j, i * d + pivot);
    }
    swap(j * d + j, pivot * d + pivot);
    double square = taken[j];
    taken[j] = taken[pivot];
    taken[pivot] = square;
    int index = order[j];
    order[j] = order[pivot];
    order[pivot] = index;
  }

  private void swap(int p, int q) {
    double value = a[p];
    a[p] = a[q];
    a[q] = value;
  }

  /** Takes the products of a block's columns from the lower triangle of the rest. */
  private void subtract(int from, int to) {
    // Laid out by column, for a loop that the compiler turns into vector instructions. A full block
    // has a multiple of four columns; after the last one, which may have fewer, there is no rest.
    double[][] turned = new double[to - from][d];
    for (int i = to; i < d; i++) {
      for (int c = from; c < to; c++) {
        turned[c - from][i] = a[i * d + c];
      }
    }
    double[] row = new double[d];
    for (int i = to; i < d; i++) {
      System.arraycopy(a, i * d, row, 0, i + 1);
      for (int c = 0; c < turned.length; c += 4) {
        subtractFour(turned, c, i, to, row);
      }
      System.arraycopy(row, to, a, i * d + to, i + 1 - to);
    }
  }

  private static void subtractFour(double[][] turned, int c, int i, int from, double[] row) {
    double[] t0 = turned[c];
    double[] t1 = turned[c + 1];
    double[] t2 = turned[c + 2];
    double[] t3 = turned[c + 3];
    double x0 = t0[i];
    double x1 = t1[i];
    double x2 = t2[i];
    double x3 = t3[i];
    for (int j = from; j <= i; j++) {
      row[j] -= x0 * t0[j] + x1 * t1[j] + x2 * t2[j] + x3 * t3[j];
    }
  }
}
