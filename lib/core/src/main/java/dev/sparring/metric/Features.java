package dev.sparring.metric;

import java.util.Locale;

/**
 * The input of metrics: n samples of d numbers each, row-major, in double precision. A row may be
 * an extractor's features, a point, a classifier's logits, or its probabilities.
 *
 * <p>Every number is finite and there is at least one row; the numbers are copied and never change.
 * One array holds them, so n * d is below 2^31; larger sets are added in batches to {@link
 * MomentsAccumulator}.
 */
public final class Features {
  private final double[] values;
  private final int rows;
  private final int columns;

  /** Keeps the array without a copy. */
  private Features(double[] values, int columns) {
    this.values = values;
    this.columns = columns;
    this.rows = values.length / columns;
  }

  /**
   * Features of double precision.
   *
   * @param values (n, d), row-major
   * @param columns d
   * @throws IllegalArgumentException if the rows are not complete, there is no row, or a number is
   *     not finite
   */
  public static Features of(double[] values, int columns) {
    checkSize(values.length, columns);
    checkFinite("features:", values, columns);
    return new Features(values.clone(), columns);
  }

  /**
   * The same from single precision, as engines deliver it.
   *
   * @param values (n, d), row-major
   * @param columns d
   */
  public static Features of(float[] values, int columns) {
    checkSize(values.length, columns);
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    checkFinite("features:", wide, columns);
    return new Features(wide, columns);
  }

  private static void checkSize(int length, int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("features: columns must be >= 1, got " + columns);
    }
    if (length == 0) {
      throw new IllegalArgumentException("features: there must be at least 1 row, got none");
    }
    if (length % columns != 0) {
      throw new IllegalArgumentException(
          "features: " + length + " numbers are no whole number of rows of " + columns);
    }
  }

  /** Refuses numbers that are not finite; the message names the first. */
  static void checkFinite(String place, double[] values, int columns) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s row %d, column %d is %s; every number must be finite",
                place,
                i / columns,
                i % columns,
                values[i]));
      }
    }
  }

  /** The number of samples, n. */
  public int rows() {
    return rows;
  }

  /** The number of values in a sample, d. */
  public int columns() {
    return columns;
  }

  /** One number; both indices from 0. */
  public double get(int row, int column) {
    if (column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException("column " + column + " of " + columns);
    }
    return values[row * columns + column];
  }

  /**
   * Some of the rows, in the given order; repetitions are allowed.
   *
   * @param indices at least one, each from 0 to {@link #rows()} - 1
   */
  public Features select(int... indices) {
    checkSize(indices.length, 1);
    double[] chosen = new double[Math.multiplyExact(indices.length, columns)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * columns, chosen, i * columns, columns);
    }
    return new Features(chosen, columns);
  }

  /**
   * Each row x as exp(x_c) / sum over c' of exp(x_c'): probabilities from a classifier's logits. In
   * double precision, so a class that single precision rounds to 0 keeps its probability.
   */
  public Features softmax() {
    double[] result = new double[values.length];
    for (int from = 0; from < values.length; from += columns) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < columns; c++) {
        largest = Math.max(largest, values[from + c]);
      }
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        result[from + c] = Math.exp(values[from + c] - largest);
        sum += result[from + c];
      }
      for (int c = 0; c < columns; c++) {
        result[from + c] /= sum;
      }
    }
    return new Features(result, columns);
  }

  /** The numbers themselves, row-major; callers must not change them. */
  double[] values() {
    return values;
  }

  @Override
  public String toString() {
    return "Features[rows=" + rows + ", columns=" + columns + "]";
  }
}
