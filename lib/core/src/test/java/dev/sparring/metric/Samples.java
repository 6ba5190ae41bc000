package dev.sparring.metric;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;

/** Samples for tests. */
final class Samples {
  private Samples() {}

  static Features normal(long seed, int rows, int columns) {
    return normal(seed, rows, columns, 0, 1);
  }

  static Features normal(long seed, int rows, int columns, double mean, double deviation) {
    RandomStream random = new Seed(seed).stream("samples");
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + deviation * random.gaussian();
    }
    return Features.of(values, columns);
  }

  /** Features that depend on each other and have different means and deviations. */
  static Features correlated(long seed, int rows, int columns) {
    Features plain = normal(seed, rows, columns);
    double[] mixing = normal(seed + 1, columns, columns).values();
    double[] values = times(plain.values(), rows, columns, mixing);
    for (int i = 0; i < values.length; i++) {
      values[i] += i % columns;
    }
    return Features.of(values, columns);
  }

  /** (rows, d) times (d, d). */
  static double[] times(double[] x, int rows, int d, double[] matrix) {
    double[] result = new double[rows * d];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          result[r * d + j] += x[r * d + i] * matrix[i * d + j];
        }
      }
    }
    return result;
  }

  /** An orthogonal d x d matrix: reflections at some random planes, one after the other. */
  static double[] rotation(long seed, int d) {
    double[] q = new double[d * d];
    for (int i = 0; i < d; i++) {
      q[i * d + i] = 1;
    }
    Features normals = normal(seed, d, d);
    for (int k = 0; k < d; k++) {
      double[] v = normals.select(k).values();
      double square = 0;
      for (double x : v) {
        square += x * x;
      }
      double[] reflection = new double[d * d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          reflection[i * d + j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / square;
        }
      }
      q = times(q, d, d, reflection);
    }
    return q;
  }

  /** Rows from..to-1. */
  static Features part(Features all, int from, int to) {
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return all.select(indices);
  }
}
