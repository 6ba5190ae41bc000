package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;

/** A tensor of ND4J: numbers, and how they came to be if they can be differentiated. */
final class Nd4jTensor implements Tensor {
  private final Nd4jEngine engine;
  private final Value value;
  private final @Nullable Node node;

  Nd4jTensor(Nd4jEngine engine, Value value, @Nullable Node node) {
    this.engine = engine;
    this.value = value;
    this.node = node;
  }

  Nd4jEngine engine() {
    return engine;
  }

  Value value() {
    return value;
  }

  /** Null for a constant. */
  @Nullable Node node() {
    return node;
  }

  @Override
  public Shape shape() {
    return value.shape();
  }

  static Nd4jTensor of(Tensor t) {
    return (Nd4jTensor) t;
  }

  private Kernels kernels() {
    return engine.kernels();
  }

  /** A new constant. */
  Nd4jTensor constant(Supplier<Value> kernel) {
    return engine.constant(Failures.translate(kernel));
  }

  /** The result of an operation on these operands. */
  static Nd4jTensor record(Supplier<Value> kernel, Node.Rule rule, Nd4jTensor... operands) {
    return operands[0].engine.record(Failures.translate(kernel), rule, List.of(operands));
  }

  /** The result of an operation on this tensor alone. */
  private Nd4jTensor unary(Function<Nd4jTensor, Value> kernel, UnaryRule rule) {
    return record(
        () -> kernel.apply(this), (y, g, needed) -> new Nd4jTensor[] {rule.apply(y, g)}, this);
  }

  /** From the result and the derivative by it to the derivative by the operand. */
  private interface UnaryRule {
    Nd4jTensor apply(Nd4jTensor y, Nd4jTensor g);
  }

  // Arithmetic.

  @Override
  public Nd4jTensor plus(Tensor other) {
    Nd4jTensor b = of(other);
    return record(
        () -> kernels().elementwise().binary("add", value, b.value),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? g.sumTo(shape()) : null, needed[1] ? g.sumTo(b.shape()) : null
            },
        this,
        b);
  }

  @Override
  public Nd4jTensor minus(Tensor other) {
    Nd4jTensor b = of(other);
    return record(
        () -> kernels().elementwise().binary("subtract", value, b.value),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? g.sumTo(shape()) : null, needed[1] ? g.neg().sumTo(b.shape()) : null
            },
        this,
        b);
  }

  @Override
  public Nd4jTensor times(Tensor other) {
    Nd4jTensor b = of(other);
    return record(
        () -> kernels().elementwise().binary("multiply", value, b.value),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? g.times(b).sumTo(shape()) : null,
              needed[1] ? g.times(this).sumTo(b.shape()) : null
            },
        this,
        b);
  }

  @Override
  public Nd4jTensor div(Tensor other) {
    Nd4jTensor b = of(other);
    return record(
        () -> kernels().elementwise().binary("divide", value, b.value),
        (y, g, needed) -> {
          Nd4jTensor byThis = g.div(b);
          return new Nd4jTensor[] {
            needed[0] ? byThis.sumTo(shape()) : null,
            needed[1] ? byThis.times(y).neg().sumTo(b.shape()) : null
          };
        },
        this,
        b);
  }

  @Override
  public Nd4jTensor plus(double number) {
    return unary(x -> kernels().elementwise().plus(x.value, number), (y, g) -> g);
  }

  @Override
  public Nd4jTensor times(double number) {
    return unary(x -> kernels().elementwise().times(x.value, number), (y, g) -> g.times(number));
  }

  @Override
  public Nd4jTensor neg() {
    return times(-1);
  }

  @Override
  public Nd4jTensor square() {
    return times(this);
  }

  @Override
  public Nd4jTensor sqrt() {
    return unary(
        x -> kernels().elementwise().unary(Sqrt::new, x.value), (y, g) -> g.div(y.times(2)));
  }

  @Override
  public Nd4jTensor exp() {
    return unary(x -> kernels().elementwise().unary(Exp::new, x.value), (y, g) -> g.times(y));
  }

  @Override
  public Nd4jTensor log() {
    return unary(x -> kernels().elementwise().unary(Log::new, x.value), (y, g) -> g.div(this));
  }

  @Override
  public Nd4jTensor abs() {
    return unary(x -> kernels().elementwise().unary(Abs::new, x.value), (y, g) -> g.times(sign()));
  }

  private Nd4jTensor sign() {
    return constant(() -> kernels().elementwise().unary(Sign::new, value));
  }

  // Activations.

  @Override
  public Nd4jTensor relu() {
    return unary(x -> kernels().elementwise().relu(x.value), (y, g) -> g.times(y.step()));
  }

  /** 1 where this is above 0, else 0; constant. */
  private Nd4jTensor step() {
    return constant(() -> kernels().elementwise().step(value));
  }

  @Override
  public Nd4jTensor leakyRelu(double slope) {
    return times(constant(() -> kernels().elementwise().slopes(value, slope)));
  }

  @Override
  public Nd4jTensor elu(double alpha) {
    return unary(
        x -> kernels().elementwise().elu(x.value, alpha),
        (y, g) -> {
          Nd4jTensor above = step();
          Nd4jTensor below = above.neg().plus(1);
          return g.times(above.plus(times(below).exp().times(below).times(alpha)));
        });
  }

  @Override
  public Nd4jTensor silu() {
    return times(sigmoid());
  }

  @Override
  public Nd4jTensor gelu() {
    return times(times(Math.sqrt(0.5)).erf().plus(1).times(0.5));
  }

  private Nd4jTensor erf() {
    return unary(
        x -> kernels().elementwise().unary(Erf::new, x.value),
        (y, g) -> g.times(square().neg().exp()).times(2 / Math.sqrt(Math.PI)));
  }

  @Override
  public Nd4jTensor tanh() {
    return unary(
        x -> kernels().elementwise().tanh(x.value), (y, g) -> g.times(y.square().neg().plus(1)));
  }

  @Override
  public Nd4jTensor sigmoid() {
    return unary(
        x -> kernels().elementwise().sigmoid(x.value), (y, g) -> g.times(y.times(y.neg().plus(1))));
  }

  @Override
  public Nd4jTensor softplus() {
    return unary(x -> kernels().elementwise().softplus(x.value), (y, g) -> g.times(sigmoid()));
  }

  // Linear maps.

  @Override
  public Nd4jTensor matmul(Tensor other) {
    return LinearMaps.matmul(this, false, of(other), false);
  }

  @Override
  public Nd4jTensor linear(Tensor weight, @Nullable Tensor bias) {
    Nd4jTensor y = LinearMaps.matmul(this, false, of(weight), true);
    return bias == null ? y : y.plus(bias);
  }

  @Override
  public Nd4jTensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return LinearMaps.conv2d(this, of(weight), ofNullable(bias), stride, padding);
  }

  @Override
  public Nd4jTensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    Shape w = weight.shape();
    Shape to =
        Shape.of(
            shape().dim(0),
            w.dim(1),
            (shape().dim(2) - 1) * stride - 2 * padding + w.dim(2) + outputPadding,
            (shape().dim(3) - 1) * stride - 2 * padding + w.dim(3) + outputPadding);
    return LinearMaps.transposed(this, of(weight), ofNullable(bias), stride, padding, to);
  }

  private static @Nullable Nd4jTensor ofNullable(@Nullable Tensor t) {
    return t == null ? null : of(t);
  }

  @Override
  public Nd4jTensor batchNorm(
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training,
      double momentum,
      double eps) {
    return training
        ? BatchNormalization.training(
            this,
            ofNullable(scale),
            ofNullable(shift),
            of(runningMean),
            of(runningVariance),
            momentum,
            eps)
        : BatchNormalization.inUse(
            this, ofNullable(scale), ofNullable(shift), of(runningMean), of(runningVariance), eps);
  }

  // Resizing.

  @Override
  public Nd4jTensor avgPool2d(int kernel, int stride) {
    return Windows.average(this, kernel, stride);
  }

  @Override
  public Nd4jTensor maxPool2d(int kernel, int stride) {
    return Windows.maximum(this, kernel, stride);
  }

  @Override
  public Nd4jTensor upsampleNearest2d(int factor) {
    return unary(
        x -> kernels().pooling().upsample(x.value, factor),
        (y, g) -> g.avgPool2d(factor, factor).times(factor * factor));
  }

  // Reductions and shapes.

  @Override
  public Nd4jTensor sum() {
    return unary(x -> kernels().sums().all(x.value), (y, g) -> g.stretch(shape()));
  }

  @Override
  public Nd4jTensor sum(int... axes) {
    if (axes.length == 0) {
      return this; // ND4J would sum over all
    }
    return unary(x -> kernels().sums().over(x.value, axes), (y, g) -> g.stretch(shape()));
  }

  /** This tensor repeated along its extents of 1 up to a larger shape. */
  private Nd4jTensor stretch(Shape to) {
    return unary(
        x -> kernels().elementwise().binary("add", x.value, kernels().moves().full(0, to)),
        (y, g) -> g.sumTo(shape()));
  }

  /** The sum over what broadcasting has stretched. */
  Nd4jTensor sumTo(Shape to) {
    if (to.equals(shape())) {
      return this;
    }
    int added = shape().rank() - to.rank();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < shape().rank(); i++) {
      if (i < added || (to.dim(i - added) == 1 && shape().dim(i) != 1)) {
        axes.add(i);
      }
    }
    return sum(axes.stream().mapToInt(Integer::intValue).toArray()).reshape(to);
  }

  /** The sum with a tensor of the same shape. */
  Nd4jTensor plusSame(Nd4jTensor other) {
    return plus(other);
  }

  @Override
  public Nd4jTensor reshape(Shape to) {
    return unary(x -> kernels().moves().reshape(x.value, to), (y, g) -> g.reshape(shape()));
  }

  @Override
  public Nd4jTensor permute(int... axes) {
    int[] back = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      back[axes[i]] = i;
    }
    return unary(x -> kernels().moves().permute(x.value, axes), (y, g) -> g.permute(back));
  }

  @Override
  public Nd4jTensor slice(int axis, int start, int length) {
    return unary(
        x -> kernels().moves().slice(x.value, axis, start, length),
        (y, g) -> g.embed(axis, start, shape()));
  }

  /** Zeros of a shape, and this tensor within. */
  private Nd4jTensor embed(int axis, int start, Shape whole) {
    return unary(
        x -> kernels().moves().embed(x.value, axis, start, whole),
        (y, g) -> g.slice(axis, start, shape().dim(axis)));
  }

  @Override
  public Nd4jTensor concat(List<Tensor> others, int axis) {
    Nd4jTensor[] all = new Nd4jTensor[others.size() + 1];
    all[0] = this;
    for (int i = 1; i < all.length; i++) {
      all[i] = of(others.get(i - 1));
    }
    return record(
        () -> kernels().moves().concat(Arrays.stream(all).map(t -> t.value).toList(), axis),
        (y, g, needed) -> {
          Nd4jTensor[] parts = new Nd4jTensor[all.length];
          int start = 0;
          for (int i = 0; i < all.length; i++) {
            int length = all[i].shape().dim(axis);
            parts[i] = needed[i] ? g.slice(axis, start, length) : null;
            start += length;
          }
          return parts;
        },
        all);
  }

  // Gradients.

  @Override
  public Nd4jTensor detach() {
    return engine.constant(value);
  }

  @Override
  public Nd4jTensor variable() {
    return engine.variable(value);
  }

  // In place.

  @Override
  public void assign(Tensor from) {
    InPlace.assign(this, of(from));
  }

  @Override
  public void blend(double keep, Tensor with, double weight) {
    InPlace.blend(this, keep, of(with), weight);
  }

  // Leaving the engine.

  @Override
  public double item() {
    return Failures.translate(() -> value.array().getDouble(0));
  }

  @Override
  public float[] toFloats() {
    return Failures.translate(() -> kernels().moves().floats(value));
  }

  @Override
  public double[] toDoubles() {
    return Failures.translate(() -> kernels().moves().doubles(value));
  }
}
