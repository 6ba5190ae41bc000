package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  /** The filter in a layer's words; nothing where there is none. */
  static String summary(List<Double> filter) {
    return filter.isEmpty() ? "" : " filter " + filter;
  }

  /**
   * To images that are larger by the factor, with a mean of the same size: repeated pixels are what
   * the ones make of pixels with zeros between them. Each pixel spreads by the filter, so that a
   * new one sees it backwards.
   */
  static Tensor up(Tensor x, List<Double> filter, int factor) {
    List<Double> backwards = new ArrayList<>(filter);
    Collections.reverse(backwards);
    return each(x.upsampleNearest2d(factor), taps(backwards, 1), 1, filter.size() / 2);
  }

  /** To images that are smaller by the factor. */
  static Tensor down(Tensor x, List<Double> filter, int factor) {
    return each(x, taps(filter, factor), factor, filter.size() / 2);
  }

  /** Each channel by itself. */
  private static Tensor each(Tensor x, double[] taps, int stride, int padding) {
    int channels = x.shape().dim(1);
    int side = taps.length;
    double[] kernel = new double[channels * side * side];
    for (int i = 0; i < kernel.length; i++) {
      int pixel = i % (side * side);
      kernel[i] = taps[pixel / side] * taps[pixel % side];
    }
    Tensor weight = x.engine().upload(kernel, Shape.of(channels, 1, side, side));
    return x.conv2d(weight, null, stride, padding, channels);
  }

  /** The filter by as many ones, with a sum of 1. */
  private static double[] taps(List<Double> filter, int ones) {
    double[] wide = new double[filter.size() + ones - 1];
    for (int i = 0; i < filter.size(); i++) {
      for (int j = 0; j < ones; j++) {
        wide[i + j] += filter.get(i);
      }
    }
    double total = Arrays.stream(wide).sum();
    return Arrays.stream(wide).map(tap -> tap / total).toArray();
  }
}
