package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalization, arXiv:1502.03167, algorithm 1. Sums over a channel are matrix products,
 * which makes it faster than libnd4j's own operation, whose gradient takes four times as long.
 */
final class BatchNormalization {
  private BatchNormalization() {}

  /** By the batch's statistics; the running ones follow. */
  static Nd4jTensor training(
      Nd4jTensor x,
      @Nullable Nd4jTensor scale,
      @Nullable Nd4jTensor shift,
      Nd4jTensor runningMean,
      Nd4jTensor runningVariance,
      double momentum,
      double eps) {
    requireVectors(x, scale, shift, runningMean, runningVariance);
    if (x.shape().rank() != 2 && x.shape().rank() != 4) {
      return training(images(x), scale, shift, runningMean, runningVariance, momentum, eps)
          .reshape(x.shape());
    }
    Batch batch = Failures.translate(() -> Batch.of(x, eps));
    int n = batch.rows;
    InPlace.blend(runningMean, 1 - momentum, flat(x, batch.mean), momentum);
    InPlace.blend(runningVariance, 1 - momentum, flat(x, batch.variance), momentum * n / (n - 1.0));
    List<Nd4jTensor> operands = new ArrayList<>(List.of(x));
    if (scale != null) {
      operands.add(scale);
    }
    if (shift != null) {
      operands.add(shift);
    }
    Node.Rule rule =
        (y, g, needed) -> {
          Slopes slopes =
              x.engine().isRecording()
                  ? Slopes.recorded(x, scale, g, eps)
                  : batch.slopes(x, scale, g);
          List<Nd4jTensor> all = new ArrayList<>(List.of(slopes.x));
          if (scale != null) {
            all.add(slopes.scale);
          }
          if (shift != null) {
            all.add(slopes.shift);
          }
          return all.toArray(new Nd4jTensor[0]);
        };
    return Nd4jTensor.record(
        () -> batch.scaled(x, scale, shift), rule, operands.toArray(new Nd4jTensor[0]));
  }

  /** By the running statistics. */
  static Nd4jTensor inUse(
      Nd4jTensor x,
      @Nullable Nd4jTensor scale,
      @Nullable Nd4jTensor shift,
      Nd4jTensor mean,
      Nd4jTensor variance,
      double eps) {
    requireVectors(x, scale, shift, mean, variance);
    Nd4jTensor factor = channels(x, x.engine().full(1, mean.shape()).div(deviation(variance, eps)));
    Nd4jTensor y = x.minus(channels(x, mean.detach())).times(factor);
    y = scale == null ? y : y.times(channels(x, scale));
    return shift == null ? y : y.plus(channels(x, shift));
  }

  private static void requireVectors(
      Nd4jTensor x,
      @Nullable Nd4jTensor scale,
      @Nullable Nd4jTensor shift,
      Nd4jTensor mean,
      Nd4jTensor variance) {
    int channels = x.shape().dim(Shapes.axis(x.shape(), 1));
    if (scale != null) {
      Shapes.requireVector("scale", scale.shape(), channels);
    }
    if (shift != null) {
      Shapes.requireVector("shift", shift.shape(), channels);
    }
    Shapes.requireVector("mean", mean.shape(), channels);
    Shapes.requireVector("variance", variance.shape(), channels);
  }

  /** As one column of pixels, whatever the dimensions behind the channels are. */
  private static Nd4jTensor images(Nd4jTensor x) {
    int samples = x.shape().dim(0);
    int channels = x.shape().dim(1);
    int pixels = x.shape().elements() / (samples * channels);
    return x.reshape(Shape.of(samples, channels, pixels, 1));
  }

  private static Nd4jTensor deviation(Nd4jTensor variance, double eps) {
    return variance.detach().plus(eps).sqrt();
  }

  /** (C) as a shape that broadcasts over x. */
  private static Nd4jTensor channels(Nd4jTensor x, Nd4jTensor perChannel) {
    Integer[] dims = new Integer[x.shape().rank()];
    Arrays.fill(dims, 1);
    dims[1] = x.shape().dim(1);
    return perChannel.reshape(new Shape(List.of(dims)));
  }

  private static Nd4jTensor flat(Nd4jTensor x, Value row) {
    return x.engine().constant(row.under(Shape.of(row.elements()), false));
  }

  /** The derivatives by the three operands. */
  private record Slopes(Nd4jTensor x, Nd4jTensor scale, Nd4jTensor shift) {
    /** In operations that can be differentiated again. */
    static Slopes recorded(Nd4jTensor x, @Nullable Nd4jTensor scale, Nd4jTensor g, double eps) {
      int[] axes = x.shape().rank() == 4 ? new int[] {0, 2, 3} : new int[] {0};
      int channels = x.shape().dim(1);
      double share = (double) channels / x.shape().elements();
      Nd4jTensor centred = x.minus(x.sum(axes).times(share));
      Nd4jTensor deviation = centred.square().sum(axes).times(share).plus(eps).sqrt();
      Nd4jTensor normal = centred.div(deviation);
      Nd4jTensor byNormal = scale == null ? g : g.times(channels(x, scale));
      Nd4jTensor dx =
          byNormal
              .minus(byNormal.sum(axes).times(share))
              .minus(normal.times(byNormal.times(normal).sum(axes).times(share)))
              .div(deviation);
      Shape flat = Shape.of(channels);
      return new Slopes(dx, g.times(normal).sum(axes).reshape(flat), g.sum(axes).reshape(flat));
    }
  }

  /** What a batch is normalized by, and the outcome, kept for the gradient. */
  private static final class Batch {
    private final int rows;
    private final Value mean;
    private final Value variance;
    private final Value deviation;

    /** (rows, C): mean 0 and, but for eps, variance 1. */
    private final Value normal;

    private Batch(int rows, Value mean, Value variance, Value deviation, Value normal) {
      this.rows = rows;
      this.mean = mean;
      this.variance = variance;
      this.deviation = deviation;
      this.normal = normal;
    }

    static Batch of(Nd4jTensor x, double eps) {
      Kernels kernels = x.engine().kernels();
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

    Value scaled(Nd4jTensor x, @Nullable Nd4jTensor scale, @Nullable Nd4jTensor shift) {
      Elementwise each = x.engine().kernels().elementwise();
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

    Slopes slopes(Nd4jTensor x, @Nullable Nd4jTensor scale, Nd4jTensor g) {
      Kernels kernels = x.engine().kernels();
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
      return new Slopes(
          x.engine().constant(dx.under(x.shape(), x.shape().rank() == 4)),
          flat(x, byScale),
          flat(x, shift));
    }

    /** The rows of channels that images or samples are in memory. */
    private static Value rows(Nd4jTensor x, Nd4jTensor of) {
      Value v = of.value();
      Value ordered = v.shape().rank() == 4 ? x.engine().kernels().moves().channelsLast(v) : v;
      int channels = v.shape().dim(1);
      return ordered.under(Shape.of(v.elements() / channels, channels), false);
    }
  }
}
