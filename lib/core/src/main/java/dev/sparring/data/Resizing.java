package dev.sparring.data;

/**
 * Resizes a plane that comes row by row, in order from {@link Resampler#first()}. The same numbers
 * as {@link Resampler#resize} are added in the same order, without the whole plane in memory.
 */
final class Resizing {
  private final Resampler rows;
  private final Resampler columns;
  private final double[] narrow;
  private final double[] result;
  private int done;

  Resizing(Resampler rows, Resampler columns) {
    this.rows = rows;
    this.columns = columns;
    narrow = new double[columns.count()];
    result = new double[rows.count() * columns.count()];
  }

  /** Takes one row of numbers from 0 to 255. */
  void add(int y, int[] row) {
    while (done < rows.count() && rows.end(done) <= y) {
      done++;
    }
    if (done == rows.count() || rows.start(done) > y) {
      return;
    }
    for (int x = 0; x < narrow.length; x++) {
      int start = columns.start(x);
      double[] weights = columns.weights(x);
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * row[start + j];
      }
      narrow[x] = sum;
    }
    for (int i = done; i < rows.count() && rows.start(i) <= y; i++) {
      if (y >= rows.end(i)) {
        continue;
      }
      double weight = rows.weights(i)[y - rows.start(i)];
      int at = i * narrow.length;
      for (int x = 0; x < narrow.length; x++) {
        result[at + x] += weight * narrow[x];
      }
    }
  }

  /** Row-major, not rounded. */
  double[] result() {
    return result;
  }
}
