package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Resampling of each channel with a separable filter. The filter is first made as wide as a step
 * needs, by a convolution with as many ones as the factor: [1, 2, 1] and factor 2 are [1, 3, 3, 1].
 */
final class Fir {
  private Fir() {}

  static void check(List<Double> filter) {
    if (filter.isEmpty()) {
      return;
    }
    if (filter.size() % 2 == 0) {
      throw new IllegalArgumentException(
          "filter must have an odd number of taps, which keeps images in their place, got "
              + filter.size());
    }
    double sum = filter.stream().mapToDouble(f -> f).sum();
    if (!Double.isFinite(sum) || sum == 0) {
      throw new IllegalArgumentException("filter must have a sum that is not 0, got " + sum);
    }
  }

  /** To images that are larger by the factor, with a mean of the same size. */
  static Tensor up(Tensor x, List<Double> filter, int factor) {
    Tensor y =
        single(x)
            .convTranspose2d(
                kernel(x, filter, factor, factor * factor), null, factor, filter.size() / 2, 0);
    return grouped(y, x);
  }

  /** To images that are smaller by the factor. */
  static Tensor down(Tensor x, List<Double> filter, int factor) {
    return grouped(
        single(x).conv2d(kernel(x, filter, factor, 1), null, factor, filter.size() / 2), x);
  }

  private static Tensor single(Tensor x) {
    Shape s = x.shape();
    return x.reshape(Shape.of(s.dim(0) * s.dim(1), 1, s.dim(2), s.dim(3)));
  }

  private static Tensor grouped(Tensor y, Tensor x) {
    Shape s = y.shape();
    return y.reshape(Shape.of(x.shape().dim(0), x.shape().dim(1), s.dim(2), s.dim(3)));
  }

  /** (1, 1, side, side), with that sum. */
  private static Tensor kernel(Tensor x, List<Double> filter, int factor, double sum) {
    int side = filter.size() + factor - 1;
    double[] wide = new double[side];
    double total = 0;
    for (int i = 0; i < filter.size(); i++) {
      for (int j = 0; j < factor; j++) {
        wide[i + j] += filter.get(i);
        total += filter.get(i);
      }
    }
    double[] kernel = new double[side * side];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = sum * (wide[i / side] / total) * (wide[i % side] / total);
    }
    return x.engine().upload(kernel, Shape.of(1, 1, side, side));
  }
}
