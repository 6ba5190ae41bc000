package dev.sparring.conformance;

import dev.sparring.tensor.Shape;

/**
 * TensorFlow's convolutions with SAME padding, written as their guide defines them: output = ceil(n
 * / stride), total = max((output - 1) stride + kernel - n, 0) zeros, of which total / 2 rounded
 * down are in front. Separate loops, which do not pad but skip positions outside.
 */
final class Same {
  private Same() {}

  private static int outputs(int n, int stride) {
    return (int) Math.ceil(n / (double) stride);
  }

  private static int front(int n, int kernel, int stride) {
    return Math.max((outputs(n, stride) - 1) * stride + kernel - n, 0) / 2;
  }

  /** Of (N, in, H, W) with a kernel (out, in, k, k). */
  static Values convolution(Values x, Values weight, int stride) {
    Shape in = x.shape();
    int height = outputs(in.dim(2), stride);
    int width = outputs(in.dim(3), stride);
    Shape out = Shape.of(in.dim(0), weight.shape().dim(0), height, width);
    double[] result = new double[out.elements()];
    each(
        in,
        out,
        weight.shape().dim(2),
        stride,
        (i, o, tap, inChannel, outChannel) ->
            result[o] += x.at(i) * weight.at(tap(weight.shape(), outChannel, inChannel, tap)));
    return Values.of(out, result);
  }

  /**
   * The adjoint of the convolution from (H stride) x (W stride) to H x W, for y (N, in, H, W) with
   * a kernel (in, out, k, k).
   */
  static Values adjoint(Values y, Values weight, int stride) {
    Shape out = y.shape();
    Shape in =
        Shape.of(out.dim(0), weight.shape().dim(1), out.dim(2) * stride, out.dim(3) * stride);
    double[] result = new double[in.elements()];
    each(
        in,
        out,
        weight.shape().dim(2),
        stride,
        (i, o, tap, inChannel, outChannel) ->
            result[i] += y.at(o) * weight.at(tap(weight.shape(), outChannel, inChannel, tap)));
    return Values.of(in, result);
  }

  private interface Product {
    void at(int input, int output, int tap, int inChannel, int outChannel);
  }

  private static int tap(Shape weight, int first, int second, int tap) {
    return (first * weight.dim(1) + second) * weight.dim(2) * weight.dim(3) + tap;
  }

  /** Each pair of an input and an output that a kernel position connects. */
  private static void each(Shape in, Shape out, int kernel, int stride, Product product) {
    int top = front(in.dim(2), kernel, stride);
    int left = front(in.dim(3), kernel, stride);
    for (int o = 0; o < out.elements(); o++) {
      int column = o % out.dim(3);
      int row = o / out.dim(3) % out.dim(2);
      int outChannel = o / (out.dim(3) * out.dim(2)) % out.dim(1);
      int sample = o / (out.dim(3) * out.dim(2) * out.dim(1));
      for (int inChannel = 0; inChannel < in.dim(1); inChannel++) {
        for (int tap = 0; tap < kernel * kernel; tap++) {
          int h = row * stride - top + tap / kernel;
          int w = column * stride - left + tap % kernel;
          if (h >= 0 && h < in.dim(2) && w >= 0 && w < in.dim(3)) {
            int i = ((sample * in.dim(1) + inChannel) * in.dim(2) + h) * in.dim(3) + w;
            product.at(i, o, tap, inChannel, outChannel);
          }
        }
      }
    }
  }
}
