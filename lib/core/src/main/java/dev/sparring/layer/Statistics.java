package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Standardizes mean and variance of samples, and applies scale and shift. */
final class Statistics {
  private Statistics() {}

  /**
   * (x - mean) / sqrt(variance + eps), with the biased variance. The variance is that of the
   * differences, so that a mean far from zero loses no precision.
   *
   * @param axes over which mean and variance are taken
   */
  static Tensor standardized(Tensor x, double eps, int... axes) {
    double share = 1.0 / Arrays.stream(axes).map(x.shape()::dim).reduce(1, Math::multiplyExact);
    Tensor centered = x.minus(x.sum(axes).times(share));
    Tensor variance = centered.square().sum(axes).times(share);
    return centered.div(variance.plus(eps).sqrt());
  }

  /** Scale and shift of each channel, if the layer has them. */
  static Tensor scaled(Tensor x, LayerContext pass) {
    Tensor scale = pass.parameterOrNull("weight");
    Tensor shift = pass.parameterOrNull("bias");
    Tensor y = scale == null ? x : x.times(perChannel(scale, x));
    return shift == null ? y : y.plus(perChannel(shift, x));
  }

  /** A vector in a shape that broadcasts over the channels of a batch: (C) as (C, 1, 1). */
  static Tensor perChannel(Tensor vector, Tensor x) {
    int[] dims = new int[x.shape().rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = vector.shape().dim(0);
    return vector.reshape(Shape.of(dims));
  }

  /** All dimensions of a batch from one on. */
  static int[] axesFrom(int first, Tensor x) {
    return IntStream.range(first, x.shape().rank()).toArray();
  }

  /**
   * Refuses input without variance.
   *
   * @param numbers how many numbers the variance would be computed from
   * @param of whose, e.g. {@code each channel}
   * @param instead what would be right, or null
   */
  static void needSeveral(int numbers, String of, Shape input, @Nullable String instead) {
    if (numbers == 1) {
      throw new IllegalArgumentException(
          "has a single number in "
              + of
              + " of "
              + input
              + ", and so no variance to divide by"
              + (instead == null ? "" : "; " + instead));
    }
  }
}
