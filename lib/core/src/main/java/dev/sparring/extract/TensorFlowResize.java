package dev.sparring.extract;

/**
 * Bilinear interpolation as TensorFlow 1 does by default ({@code tf.image.resize_bilinear} with
 * {@code align_corners=False}, before half-pixel centers came): the rule of the Inception graph of
 * 2015, and of torch-fidelity after it.
 *
 * <p>Pixel i of the result lies at i * (input size / output size) of the input, so that the first
 * pixels coincide and the last ones do not; beyond the last pixel of the input that pixel is
 * repeated. There is no averaging when an image shrinks. Coordinates and pixels are in single
 * precision, in the order of operations of both models.
 */
final class TensorFlowResize {
  private final Axis vertical;
  private final Axis horizontal;

  /** From pictures of (height, width) to pictures of (newHeight, newWidth). */
  TensorFlowResize(int height, int width, int newHeight, int newWidth) {
    vertical = new Axis(height, newHeight);
    horizontal = new Axis(width, newWidth);
  }

  /** The source positions of the result's pixels along one axis. */
  private static final class Axis {
    final int in;
    final int out;
    final int[] low;
    final int[] high;
    final float[] towardsHigh;

    Axis(int in, int out) {
      this.in = in;
      this.out = out;
      low = new int[out];
      high = new int[out];
      towardsHigh = new float[out];
      float scale = in / (float) out;
      for (int i = 0; i < out; i++) {
        float at = i * scale;
        low[i] = Math.min((int) at, in - 1);
        high[i] = Math.min(low[i] + 1, in - 1);
        towardsHigh[i] = at - low[i];
      }
    }
  }

  /**
   * Resizes one channel.
   *
   * @param from (height, width), row-major
   * @param to receives (newHeight, newWidth)
   */
  void apply(float[] from, float[] to) {
    for (int y = 0; y < vertical.out; y++) {
      int top = vertical.low[y] * horizontal.in;
      int bottom = vertical.high[y] * horizontal.in;
      float down = vertical.towardsHigh[y];
      for (int x = 0; x < horizontal.out; x++) {
        int left = horizontal.low[x];
        int right = horizontal.high[x];
        float across = horizontal.towardsHigh[x];
        float above = from[top + left] + (from[top + right] - from[top + left]) * across;
        float below = from[bottom + left] + (from[bottom + right] - from[bottom + left]) * across;
        to[y * horizontal.out + x] = above + (below - above) * down;
      }
    }
  }
}
