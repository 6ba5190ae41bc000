package dev.sparring.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable array of numbers that lives in an {@link Engine}; images are (N, C, H, W).
 *
 * <p>Every operation returns a new tensor and is differentiable with respect to its tensor
 * arguments, unless stated otherwise. Binary operations broadcast as NumPy does: shapes are aligned
 * at their last dimension and extents of 1 stretch. Operands belong to the same engine; others are
 * an {@link EngineException}. Numbers are rounded to the engine's precision, as its elements are:
 * 1e300 is infinite in single precision. Callers pass shapes that fit: core infers and checks
 * shapes before a network is built, so an engine may throw any exception for shapes that do not
 * fit.
 *
 * <p>Tensors are not closed: {@link Engine#scope} frees those of a step, {@link Engine#keep} those
 * of part of one.
 */
public interface Tensor {
  /** The engine that it belongs to. */
  Engine engine();

  /** The extents, batch dimension included. */
  Shape shape();

  // Arithmetic. The names are those that Kotlin reads as operators.

  /** Elementwise sum, broadcasting. */
  Tensor plus(Tensor other);

  /** Elementwise difference, broadcasting. */
  Tensor minus(Tensor other);

  /** Elementwise product, broadcasting. */
  Tensor times(Tensor other);

  /** Elementwise quotient, broadcasting. */
  Tensor div(Tensor other);

  /** Adds a number to each element. */
  Tensor plus(double number);

  /** Multiplies each element by a number. */
  Tensor times(double number);

  /** The negative of each element. */
  default Tensor neg() {
    return times(-1);
  }

  /** The root of the sum of the squares of all elements, as a scalar. */
  default Tensor norm() {
    return square().sum().sqrt();
  }

  /** The square of each element. */
  default Tensor square() {
    return times(this);
  }

  /** Elementwise square root; the derivative at 0 is infinite. */
  Tensor sqrt();

  /** Elementwise e to the power x. */
  Tensor exp();

  /** Elementwise natural logarithm. */
  Tensor log();

  /** Elementwise absolute value; derivative 0 at 0. */
  Tensor abs();

  // Activations.

  /** max(x, 0); derivative 0 at 0. */
  Tensor relu();

  /** x for x &gt; 0, else slope * x; derivative slope at 0. */
  Tensor leakyRelu(double slope);

  /** x for x &gt; 0, else alpha * (exp(x) - 1). */
  Tensor elu(double alpha);

  /** x * sigmoid(x). */
  Tensor silu();

  /** x * Phi(x) with the exact normal distribution function (erf), not the tanh approximation. */
  Tensor gelu();

  /** Hyperbolic tangent. */
  Tensor tanh();

  /** 1 / (1 + exp(-x)). */
  Tensor sigmoid();

  /** log(1 + exp(x)), without overflow for large |x|. */
  Tensor softplus();

  // Linear maps.

  /**
   * Matrix product of (n, k) and (k, m), or, of two tensors of three dimensions, of each matrix of
   * (b, n, k) and the one of the same place in (b, k, m). Nothing is broadcast.
   */
  Tensor matmul(Tensor other);

  /**
   * x W^T + b.
   *
   * @param weight (out, in)
   * @param bias (out), or null for none
   * @return (N, out) for this (N, in)
   */
  Tensor linear(Tensor weight, @Nullable Tensor bias);

  /**
   * Cross-correlation (the kernel is not flipped), zero padding on all four sides.
   *
   * @param weight (out, in, kh, kw)
   * @param bias (out), or null for none
   * @return (N, out, H', W') with H' = floor((H + 2 padding - kh) / stride) + 1
   */
  Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding);

  /**
   * Cross-correlation in groups: the first part of the outputs sees the first part of the channels
   * only, and so on. Parts are computed one after the other unless an engine does better.
   *
   * @param weight (out, in / groups, kh, kw)
   * @param bias (out), or null for none
   * @param groups a divisor of both numbers of channels
   */
  default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    if (groups == 1) {
      return conv2d(weight, bias, stride, padding);
    }
    int in = weight.shape().dim(1);
    int out = weight.shape().dim(0) / groups;
    List<Tensor> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      Tensor x = slice(1, g * in, in);
      Tensor own = bias == null ? null : bias.slice(0, g * out, out);
      parts.add(x.conv2d(weight.slice(0, g * out, out), own, stride, padding));
    }
    return parts.get(0).concat(parts.subList(1, groups), 1);
  }

  /**
   * Transposed convolution in groups: the adjoint of the one above with the same weight.
   *
   * @param weight (in, out / groups, kh, kw)
   * @param groups a divisor of both numbers of channels
   */
  default Tensor convTranspose2d(
      Tensor weight, int stride, int padding, int outputPadding, int groups) {
    if (groups == 1) {
      return convTranspose2d(weight, null, stride, padding, outputPadding);
    }
    int in = weight.shape().dim(0) / groups;
    List<Tensor> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      Tensor own = weight.slice(0, g * in, in);
      parts.add(slice(1, g * in, in).convTranspose2d(own, null, stride, padding, outputPadding));
    }
    return parts.get(0).concat(parts.subList(1, groups), 1);
  }

  /**
   * Transposed convolution: the adjoint of {@link #conv2d} with the same weight.
   *
   * @param weight (in, out, kh, kw)
   * @param bias (out), or null for none
   * @param outputPadding rows and columns added at the bottom and right, less than the stride
   * @return (N, out, H', W') with H' = (H - 1) stride - 2 padding + kh + outputPadding
   */
  Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding);

  /**
   * Batch normalization over all dimensions but the second: (x - mean) / sqrt(variance + eps) *
   * scale + shift.
   *
   * <p>In training, mean and biased variance are the batch's, gradients flow through both, and the
   * running statistics are overwritten in place: running = (1 - momentum) running + momentum batch,
   * where the batch's variance is the unbiased one (n / (n - 1)). Otherwise the running statistics
   * are used and not changed.
   *
   * @param scale (C), or null for 1
   * @param shift (C), or null for 0
   * @param runningMean (C), changed in training
   * @param runningVariance (C), changed in training
   */
  Tensor batchNorm(
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training,
      double momentum,
      double eps);

  // Resizing.

  /**
   * Mean over windows of kernel x kernel, no padding; rows and columns that fill no window are left
   * out.
   */
  Tensor avgPool2d(int kernel, int stride);

  /**
   * Maximum over windows of kernel x kernel, no padding; rows and columns that fill no window are
   * left out.
   */
  Tensor maxPool2d(int kernel, int stride);

  /** Repeats each pixel factor x factor times. */
  Tensor upsampleNearest2d(int factor);

  // Reductions and shapes.

  /** Sum of all elements, a scalar. */
  Tensor sum();

  /** Sum over the given dimensions, which stay with extent 1. */
  Tensor sum(int... axes);

  /** Mean of all elements, a scalar. */
  default Tensor mean() {
    return sum().times(1.0 / shape().elements());
  }

  /** The same elements in row-major (N, C, H, W) order under another shape. */
  Tensor reshape(Shape shape);

  /** The dimensions in another order: result dimension i is this tensor's dimension axes[i]. */
  Tensor permute(int... axes);

  /** The part [start, start + length) along one dimension. */
  Tensor slice(int axis, int start, int length);

  /** This tensor followed by others along one dimension. */
  Tensor concat(List<Tensor> others, int axis);

  /**
   * This tensor, used for the last time by the next operation, which may write its result over it.
   * This tensor may not be used afterwards. By default nothing is overwritten.
   */
  default Tensor lastUse() {
    return this;
  }

  // Gradients.

  /** The same numbers, constant: no gradient flows through. Shares storage with this tensor. */
  Tensor detach();

  /**
   * The same numbers as a new variable that {@link Engine#gradients} can differentiate with respect
   * to. Shares storage with this tensor, but not its history.
   */
  Tensor variable();

  // In place: for parameters, running statistics and optimizer state only. Never differentiable.

  /** Overwrites the elements with those of a tensor of the same shape. */
  void assign(Tensor value);

  /** this = keep * this + weight * value, in place. */
  void blend(double keep, Tensor value, double weight);

  // Leaving the engine.

  /** The value of a tensor of one element. */
  double item();

  /** The elements in row-major order; double precision is rounded. */
  float[] toFloats();

  /** The elements in row-major order. */
  double[] toDoubles();
}
