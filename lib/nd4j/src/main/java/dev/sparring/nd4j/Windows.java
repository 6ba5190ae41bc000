package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;

/** Pooling and upsampling that can be differentiated, also twice. */
final class Windows {
  private Windows() {}

  static Nd4jTensor average(Nd4jTensor x, int kernel, int stride) {
    return x.unary(
        () -> pooling(x).average(x.value(), kernel, stride),
        (y, g) -> spread(g, x.shape(), kernel, stride));
  }

  /** The adjoint of the average. */
  private static Nd4jTensor spread(Nd4jTensor g, Shape images, int kernel, int stride) {
    return g.unary(
        () -> pooling(g).averageGradient(g.value(), images, kernel, stride),
        (y, gg) -> average(gg, kernel, stride));
  }

  static Nd4jTensor upsample(Nd4jTensor x, int factor) {
    return x.unary(
        () -> pooling(x).upsample(x.value(), factor),
        (y, g) -> average(g, factor, factor).times(factor * factor));
  }

  static Nd4jTensor maximum(Nd4jTensor x, int kernel, int stride) {
    return x.unary(
        () ->
            hasNaN(x)
                ? picked(x, places(x, kernel, stride), Shapes.pooled(x.shape(), kernel, stride))
                : pooling(x).maximum(x.value(), kernel, stride),
        (y, g) ->
            x.engine().isRecording()
                ? put(g, places(x, kernel, stride), x.shape())
                : g.constant(
                    () -> pooling(x).maximumGradient(x.value(), g.value(), kernel, stride)));
  }

  // libnd4j has the gradient of the maximum, but not its second derivative. It is a selection of
  // pixels, which is made here in Java: slow, and used for second derivatives only.

  private static Nd4jTensor put(Nd4jTensor g, int[] places, Shape images) {
    return g.unary(
        () -> {
          double[] from = transfer(g).doubles(g.value());
          double[] to = new double[images.elements()];
          for (int i = 0; i < from.length; i++) {
            to[places[i]] += from[i];
          }
          return transfer(g).upload(to, images);
        },
        (y, gg) -> pick(gg, places, g.shape()));
  }

  private static Nd4jTensor pick(Nd4jTensor x, int[] places, Shape windows) {
    return x.unary(() -> picked(x, places, windows), (y, g) -> put(g, places, x.shape()));
  }

  private static Value picked(Nd4jTensor x, int[] places, Shape windows) {
    double[] from = transfer(x).doubles(x.value());
    double[] to = new double[places.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[places[i]];
    }
    return transfer(x).upload(to, windows);
  }

  /** NaN must stay visible; libnd4j's maximum ignores it. */
  private static boolean hasNaN(Nd4jTensor x) {
    return Double.isNaN(x.kernels().sums().all(x.value()).array().getDouble(0));
  }

  /**
   * The position of each window's largest number in row-major order, the first of several; or that
   * of a NaN.
   */
  private static int[] places(Nd4jTensor x, int kernel, int stride) {
    double[] pixels = transfer(x).doubles(x.value());
    Shape from = x.shape();
    Shape to = Shapes.pooled(from, kernel, stride);
    int[] places = new int[to.elements()];
    for (int i = 0; i < places.length; i++) {
      int column = i % to.dim(3);
      int row = i / to.dim(3) % to.dim(2);
      int image = i / (to.dim(3) * to.dim(2));
      int corner = (image * from.dim(2) + row * stride) * from.dim(3) + column * stride;
      int best = corner;
      for (int dy = 0; dy < kernel; dy++) {
        for (int dx = 0; dx < kernel; dx++) {
          int at = corner + dy * from.dim(3) + dx;
          if (pixels[at] > pixels[best] || Double.isNaN(pixels[at])) {
            best = at;
          }
        }
      }
      places[i] = best;
    }
    return places;
  }

  private static Pooling pooling(Nd4jTensor t) {
    return t.kernels().pooling();
  }

  private static Transfer transfer(Nd4jTensor t) {
    return t.kernels().transfer();
  }
}
