package dev.sparring.data;

/**
 * Resizes one axis of an image with a filter that widens as the image shrinks, so that every source
 * pixel counts and nothing aliases: the method of Pillow and of torchvision's antialiased resize.
 * Java2D's own filters use 2 x 2 or 4 x 4 pixels however much an image shrinks.
 */
final class Resampler {
  /** Interpolation kernels. */
  enum Filter {
    /** A triangle: bilinear interpolation, the default of torchvision's Resize. */
    LINEAR(1) {
      @Override
      double at(double x) {
        return Math.max(0, 1 - Math.abs(x));
      }
    },
    /** Catmull and Rom's cubic (a = -0.5), Pillow's bicubic; overshoots at edges. */
    CUBIC(2) {
      @Override
      double at(double x) {
        double d = Math.abs(x);
        if (d < 1) {
          return (1.5 * d - 2.5) * d * d + 1;
        }
        return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
      }
    };

    private final double support;

    Filter(double support) {
      this.support = support;
    }

    abstract double at(double x);
  }

  private final int[] starts;
  private final double[][] weights;

  /**
   * The part [offset, offset + count) of an axis of {@code in} pixels that is resized to {@code
   * out} pixels.
   */
  Resampler(Filter filter, int in, long out, long offset, int count) {
    starts = new int[count];
    weights = new double[count][];
    double scale = (double) in / out;
    double stretch = Math.max(scale, 1);
    double reach = filter.support * stretch;
    for (int i = 0; i < count; i++) {
      double centre = (offset + i + 0.5) * scale;
      int start = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(in, (int) (centre + reach + 0.5));
      double[] w = new double[end - start];
      double sum = 0;
      for (int j = 0; j < w.length; j++) {
        w[j] = filter.at((start + j + 0.5 - centre) / stretch);
        sum += w[j];
      }
      for (int j = 0; j < w.length; j++) {
        w[j] /= sum;
      }
      starts[i] = start;
      weights[i] = w;
    }
  }

  /** The number of pixels after resizing. */
  int count() {
    return starts.length;
  }

  /** The first pixel that counts for one of the results. */
  int start(int i) {
    return starts[i];
  }

  /** The pixel after the last one that counts. */
  int end(int i) {
    return starts[i] + weights[i].length;
  }

  double[] weights(int i) {
    return weights[i];
  }

  /** The first pixel that counts for any result. */
  int first() {
    return starts[0];
  }

  /** The pixel after the last one that counts for any. */
  int last() {
    return end(count() - 1);
  }

  /**
   * Resizes a plane of unsigned bytes.
   *
   * @param plane row-major
   * @param width of the plane
   * @return row-major, not rounded; cubic values are not clipped
   */
  static double[] resize(byte[] plane, int width, Resampler rows, Resampler columns) {
    int height = plane.length / width;
    int newWidth = columns.starts.length;
    int newHeight = rows.starts.length;
    double[] narrow = new double[height * newWidth];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        double[] w = columns.weights[x];
        int from = y * width + columns.starts[x];
        double sum = 0;
        for (int j = 0; j < w.length; j++) {
          sum += w[j] * (plane[from + j] & 0xFF);
        }
        narrow[y * newWidth + x] = sum;
      }
    }
    double[] result = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      double[] w = rows.weights[y];
      for (int j = 0; j < w.length; j++) {
        int from = (rows.starts[y] + j) * newWidth;
        for (int x = 0; x < newWidth; x++) {
          result[y * newWidth + x] += w[j] * narrow[from + x];
        }
      }
    }
    return result;
  }
}
