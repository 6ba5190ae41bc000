package dev.sparring.metric;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.util.function.IntFunction;

/**
 * The worst products that a unit roundoff allows: rows rounded to single precision, and every
 * product wrong by all of the bound, up or down. It counts what it was given.
 */
final class RoughProducts implements Products {
  private final RandomStream random = new Seed(5).stream("rough");

  /** The number of products so far. */
  long count;

  /** The most numbers in the blocks of one call, products included. */
  long most;

  /** The number of blocks so far. */
  int blocks;

  @Override
  public double roundoff() {
    return SINGLE;
  }

  @Override
  public void multiply(
      double[] left, int columns, int blocks, IntFunction<double[]> right, Taker taker) {
    float[] a = floats(left);
    int n = left.length / columns;
    for (int block = 0; block < blocks; block++) {
      double[] rows = right.apply(block);
      float[] b = floats(rows);
      int m = rows.length / columns;
      double[] products = new double[n * m];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          double sum = 0;
          double squareA = 0;
          double squareB = 0;
          for (int c = 0; c < columns; c++) {
            double x = a[i * columns + c];
            double y = b[j * columns + c];
            sum += x * y;
            squareA += x * x;
            squareB += y * y;
          }
          double error = columns * SINGLE * Math.sqrt(squareA) * Math.sqrt(squareB);
          products[i * m + j] = random.gaussian() < 0 ? sum - error : sum + error;
        }
      }
      count += products.length;
      most = Math.max(most, left.length + rows.length + products.length);
      this.blocks++;
      taker.take(block, products);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
