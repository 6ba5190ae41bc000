package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization, arXiv:1502.03167, algorithm 1. It is faster than libnd4j's own operation,
 * whose gradient takes four times as long.
 */
final class BatchNormalization {
  private BatchNormalization() {}

  /** With the batch's statistics; updates the running ones. */
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
    Batch batch = x.engine().call(() -> Batch.of(x, eps));
    int n = batch.rows();
    InPlace.blend(runningMean, 1 - momentum, flat(x, batch.mean()), momentum);
    InPlace.blend(
        runningVariance, 1 - momentum, flat(x, batch.variance()), momentum * n / (n - 1.0));
    List<Nd4jTensor> operands = new ArrayList<>(List.of(x));
    if (scale != null) {
      operands.add(scale);
    }
    if (shift != null) {
      operands.add(shift);
    }
    Node.Rule rule =
        (y, g, needed) -> {
          BatchSlopes slopes =
              x.engine().isRecording()
                  ? BatchSlopes.recorded(x, scale, g, eps)
                  : x.engine().call(() -> batch.slopes(x, scale, g));
          List<Nd4jTensor> all = new ArrayList<>(List.of(slopes.x()));
          if (scale != null) {
            all.add(slopes.scale());
          }
          if (shift != null) {
            all.add(slopes.shift());
          }
          return all.toArray(new Nd4jTensor[0]);
        };
    return Nd4jTensor.record(
        () -> batch.scaled(x, scale, shift), rule, operands.toArray(new Nd4jTensor[0]));
  }

  /** With the running statistics. */
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

  /** As one column of pixels, whatever the dimensions after the channels are. */
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
  static Nd4jTensor channels(Nd4jTensor x, Nd4jTensor perChannel) {
    Integer[] dims = new Integer[x.shape().rank()];
    Arrays.fill(dims, 1);
    dims[1] = x.shape().dim(1);
    return perChannel.reshape(new Shape(List.of(dims)));
  }

  /** The vector of a channel each that a row is. */
  static Nd4jTensor flat(Nd4jTensor x, Value row) {
    return x.engine().constant(row.under(Shape.of(row.elements()), false));
  }
}
