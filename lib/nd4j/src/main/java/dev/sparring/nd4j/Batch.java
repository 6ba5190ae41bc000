package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The statistics that a batch is normalized by, and the result, kept for the gradient. Sums over a
 * channel are matrix products.
 *
 * @param rows how many numbers each channel has
 * @param mean (1, C)
 * @param variance (1, C), biased
 * @param deviation (1, C), the root of the variance and eps
 * @param normal (rows, C): mean 0 and, but for eps, variance 1
 */
record Batch(int rows, Value mean, Value variance, Value deviation, Value normal) {
  /** The statistics of images or rows. */
  static Batch of(Nd4jTensor x, double eps) {
    Kernels kernels = x.kernels();
    Elementwise each = kernels.elementwise();
    int channels = x.shape().dim(1);
    int rows = x.shape().elements() / channels;
    Value matrix = rows(x, x);
    Value mean = each.times(kernels.sums().columns(matrix, rows, channels), 1.0 / rows);
    Value normal = each.binary("subtract", matrix, mean);
    Value squares = each.binary("multiply", normal, normal);
    Value variance = each.times(kernels.sums().columns(squares, rows, channels), 1.0 / rows);
    kernels.memory().release(squares.lease());
    Value deviation = each.plus(variance, eps);
    Nd4j.exec(new Sqrt(deviation.array(), deviation.array()));
    each.into("divide", normal, deviation);
    return new Batch(rows, mean, variance, deviation, normal);
  }

  /** The result in the shape of x, scaled and shifted. */
  Value scaled(Nd4jTensor x, @Nullable Nd4jTensor scale, @Nullable Nd4jTensor shift) {
    Elementwise each = x.kernels().elementwise();
    Value y = normal;
    if (scale != null) {
      y = each.binary("multiply", normal, scale.value());
    }
    if (shift != null) {
      if (y == normal) {
        y = each.binary("add", normal, shift.value());
      } else {
        each.into("add", y, shift.value());
      }
    }
    return y.under(x.shape(), x.shape().rank() == 4);
  }

  /** The derivatives of the operands, from that of the result, as constants. */
  BatchSlopes slopes(Nd4jTensor x, @Nullable Nd4jTensor scale, Nd4jTensor g) {
    Kernels kernels = x.kernels();
    Elementwise each = kernels.elementwise();
    int channels = x.shape().dim(1);
    Value matrix = rows(x, g);
    Value shift = kernels.sums().columns(matrix, rows, channels);
    Value products = each.binary("multiply", matrix, normal);
    Value byScale = kernels.sums().columns(products, rows, channels);
    // dx = scale / deviation * (g - mean of g - normal * mean of (g normal))
    Value dx = each.binary("multiply", normal, each.times(byScale, -1.0 / rows));
    each.into("add", dx, matrix);
    each.into("subtract", dx, each.times(shift, 1.0 / rows));
    if (scale != null) {
      each.into("multiply", dx, scale.value());
    }
    each.into("divide", dx, deviation);
    return new BatchSlopes(
        x.engine().constant(dx.under(x.shape(), x.shape().rank() == 4)),
        BatchNormalization.flat(x, byScale),
        BatchNormalization.flat(x, shift));
  }

  /** The rows of channels that images or samples are in memory. */
  private static Value rows(Nd4jTensor x, Nd4jTensor of) {
    Value v = of.value();
    Value ordered = v.shape().rank() == 4 ? x.kernels().copies().channelsLast(v) : v;
    int channels = v.shape().dim(1);
    return ordered.under(Shape.of(v.elements() / channels, channels), false);
  }
}
