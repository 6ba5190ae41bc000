package dev.sparring.data;

/**
 * Resizes the planes of an image that comes row by row, in order from {@link Resampler#first()}.
 * The same numbers as {@link Resampler#resize} are added in the same order, without whole planes in
 * memory.
 */
final class Resizing {
  private final Resampler rows;
  private final Resampler columns;
  private final double[][] narrow;
  private final double[][] results;
  private int done;

  /** Resizes this number of planes, 1 or 3. */
  Resizing(Resampler rows, Resampler columns, int planes) {
    this.rows = rows;
    this.columns = columns;
    narrow = new double[planes][columns.count()];
    results = new double[planes][rows.count() * columns.count()];
  }

  /** Takes one row of each plane, of numbers from 0 to 255. */
  void add(int y, double[][] row) {
    while (done < rows.count() && rows.end(done) <= y) {
      done++;
    }
    if (done == rows.count() || rows.start(done) > y) {
      return;
    }
    if (row.length == 3) {
      three(row);
    } else {
      one(row[0], narrow[0]);
    }
    for (int i = done; i < rows.count() && rows.start(i) <= y; i++) {
      if (y >= rows.end(i)) {
        continue;
      }
      double weight = rows.weights(i)[y - rows.start(i)];
      for (int plane = 0; plane < row.length; plane++) {
        addScaled(weight, narrow[plane], results[plane], i * columns.count());
      }
    }
  }

  private static void addScaled(double weight, double[] values, double[] target, int at) {
    for (int x = 0; x < values.length; x++) {
      target[at + x] += weight * values[x];
    }
  }

  private void one(double[] row, double[] target) {
    for (int x = 0; x < target.length; x++) {
      int start = columns.start(x);
      double[] weights = columns.weights(x);
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * row[start + j];
      }
      target[x] = sum;
    }
  }

  /** Three sums at once: each waits for its last addition, and so the processor is never idle. */
  private void three(double[][] row) {
    double[] red = row[0];
    double[] green = row[1];
    double[] blue = row[2];
    for (int x = 0; x < columns.count(); x++) {
      int start = columns.start(x);
      double[] weights = columns.weights(x);
      double r = 0;
      double g = 0;
      double b = 0;
      for (int j = 0; j < weights.length; j++) {
        double weight = weights[j];
        r += weight * red[start + j];
        g += weight * green[start + j];
        b += weight * blue[start + j];
      }
      narrow[0][x] = r;
      narrow[1][x] = g;
      narrow[2][x] = b;
    }
  }

  /** A plane, row-major, not rounded. */
  double[] result(int plane) {
    return results[plane];
  }
}
