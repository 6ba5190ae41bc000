package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;

/** Pooling that can be differentiated, also twice. */
final class Windows {
  private Windows() {}

  static Nd4jTensor average(Nd4jTensor x, int kernel, int stride) {
    return Nd4jTensor.record(
        () -> pooling(x).average(x.value(), kernel, stride),
        (y, g, needed) -> new Nd4jTensor[] {spread(g, x.shape(), kernel, stride)},
        x);
  }

  /** The adjoint of the average. */
  private static Nd4jTensor spread(Nd4jTensor g, Shape images, int kernel, int stride) {
    return Nd4jTensor.record(
        () -> pooling(g).averageGradient(g.value(), images, kernel, stride),
        (y, gg, needed) -> new Nd4jTensor[] {average(gg, kernel, stride)},
        g);
  }

  static Nd4jTensor maximum(Nd4jTensor x, int kernel, int stride) {
    return Nd4jTensor.record(
        () -> pooling(x).maximum(x.value(), kernel, stride),
        (y, g, needed) ->
            new Nd4jTensor[] {
              x.engine().isRecording()
                  ? put(g, places(x, kernel, stride), x.shape())
                  : g.constant(
                      () -> pooling(x).maximumGradient(x.value(), g.value(), kernel, stride))
            },
        x);
  }

  // libnd4j has the gradient of the maximum, but not that gradient's own. It is a choice of pixels,
  // which is made here on the Java side: slow, and used only where second derivatives are.

  private static Nd4jTensor put(Nd4jTensor g, int[] places, Shape images) {
    return Nd4jTensor.record(
        () -> {
          double[] from = moves(g).doubles(g.value());
          double[] to = new double[images.elements()];
          for (int i = 0; i < from.length; i++) {
            to[places[i]] += from[i];
          }
          return moves(g).upload(to, images);
        },
        (y, gg, needed) -> new Nd4jTensor[] {pick(gg, places, g.shape())},
        g);
  }

  private static Nd4jTensor pick(Nd4jTensor x, int[] places, Shape windows) {
    return Nd4jTensor.record(
        () -> {
          double[] from = moves(x).doubles(x.value());
          double[] to = new double[places.length];
          for (int i = 0; i < to.length; i++) {
            to[i] = from[places[i]];
          }
          return moves(x).upload(to, windows);
        },
        (y, g, needed) -> new Nd4jTensor[] {put(g, places, x.shape())},
        x);
  }

  /**
   * Where each window's largest number is, the first of several, by position in row-major order.
   */
  private static int[] places(Nd4jTensor x, int kernel, int stride) {
    double[] pixels = moves(x).doubles(x.value());
    Shape from = x.shape();
    Shape to = Pooling.pooled(from, kernel, stride);
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
          if (pixels[at] > pixels[best]) {
            best = at;
          }
        }
      }
      places[i] = best;
    }
    return places;
  }

  private static Pooling pooling(Nd4jTensor t) {
    return t.engine().kernels().pooling();
  }

  private static Moves moves(Nd4jTensor t) {
    return t.engine().kernels().moves();
  }
}
