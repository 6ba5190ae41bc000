package dev.sparring.metric;

import java.util.Arrays;

/**
 * Some rows, laid out by column, so that a row is compared with all of them in loops that the
 * compiler turns into vector instructions. Every pair adds its terms in the same order, so swapping
 * the two gives the same bits.
 */
final class Block {
  /** Rows in a block: with 2048 columns, 1 MB. */
  static final int SIZE = 64;

  private final double[] turned;
  private final int columns;

  /** The first row's index. */
  final int from;

  /** The number of rows; the last block may have fewer than {@link #SIZE}. */
  final int size;

  Block(Features rows, int from) {
    this(rows, from, Math.min(SIZE, rows.rows() - from));
  }

  /** Fewer rows. */
  Block(Features rows, int from, int size) {
    this.from = from;
    this.size = size;
    columns = rows.columns();
    turned = new double[columns * size];
    double[] values = rows.values();
    for (int j = 0; j < size; j++) {
      for (int c = 0; c < columns; c++) {
        turned[c * size + j] = values[(from + j) * columns + c];
      }
    }
  }

  /**
   * The squared Euclidean distances of a row of x to the rows of this block, into the first numbers
   * of to. From differences, not from scalar products: equal rows have distance 0, and distances of
   * close rows are precise.
   */
  void squaredDistances(Features x, int row, double[] to) {
    Arrays.fill(to, 0, size, 0);
    double[] values = x.values();
    int at = row * columns;
    int c = 0;
    for (; c + 1 < columns; c += 2) {
      double x0 = values[at + c];
      double x1 = values[at + c + 1];
      int c0 = c * size;
      int c1 = c0 + size;
      for (int j = 0; j < size; j++) {
        double d0 = x0 - turned[c0 + j];
        double d1 = x1 - turned[c1 + j];
        to[j] += d0 * d0 + d1 * d1;
      }
    }
    if (c < columns) {
      double x0 = values[at + c];
      for (int j = 0; j < size; j++) {
        double d0 = x0 - turned[c * size + j];
        to[j] += d0 * d0;
      }
    }
  }

  /** One of the same distances, with its terms in the same order: the same bits. */
  static double squaredDistance(Features x, int row, Features y, int other) {
    double[] left = x.values();
    double[] right = y.values();
    int columns = x.columns();
    int at = row * columns;
    int to = other * columns;
    double sum = 0;
    int c = 0;
    for (; c + 1 < columns; c += 2) {
      double d0 = left[at + c] - right[to + c];
      double d1 = left[at + c + 1] - right[to + c + 1];
      sum += d0 * d0 + d1 * d1;
    }
    if (c < columns) {
      double d0 = left[at + c] - right[to + c];
      sum += d0 * d0;
    }
    return sum;
  }
}
