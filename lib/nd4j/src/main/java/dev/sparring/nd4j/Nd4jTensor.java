package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of ND4J: numbers and, if they can be differentiated, the operation that they result
 * from.
 */
final class Nd4jTensor implements Tensor {
  private final Nd4jEngine engine;
  private final Value value;
  private final @Nullable Node node;

  Nd4jTensor(Nd4jEngine engine, Value value, @Nullable Node node) {
    this.engine = engine;
    this.value = value;
    this.node = node;
  }

  @Override
  public Nd4jEngine engine() {
    return engine;
  }

  Kernels kernels() {
    return engine.kernels();
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

  private Nd4jTensor of(Tensor t) {
    return engine.own(t);
  }

  private @Nullable Nd4jTensor ofNullable(@Nullable Tensor t) {
    return t == null ? null : of(t);
  }

  /** A new constant. */
  Nd4jTensor constant(Supplier<Value> kernel) {
    return engine.constant(engine.call(kernel));
  }

  /** The result of an operation on these operands. */
  static Nd4jTensor record(Supplier<Value> kernel, Node.Rule rule, Nd4jTensor... operands) {
    Nd4jEngine engine = operands[0].engine;
    return engine.record(engine.call(kernel), rule, List.of(operands));
  }

  /** The result of an operation on this tensor alone. */
  Nd4jTensor unary(Supplier<Value> kernel, UnaryRule rule) {
    return record(kernel, (y, g, needed) -> new Nd4jTensor[] {rule.apply(y, g)}, this);
  }

  /** From the result and its derivative to the derivative of the operand. */
  interface UnaryRule {
    Nd4jTensor apply(Nd4jTensor y, Nd4jTensor g);
  }

  @Override
  public Nd4jTensor plus(Tensor other) {
    return Arithmetic.plus(this, of(other));
  }

  @Override
  public Nd4jTensor minus(Tensor other) {
    return Arithmetic.minus(this, of(other));
  }

  @Override
  public Nd4jTensor times(Tensor other) {
    return Arithmetic.times(this, of(other));
  }

  @Override
  public Nd4jTensor div(Tensor other) {
    return Arithmetic.div(this, of(other));
  }

  @Override
  public Nd4jTensor plus(double number) {
    return Functions.plus(this, number);
  }

  @Override
  public Nd4jTensor times(double number) {
    return Functions.times(this, number);
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
    return Functions.sqrt(this);
  }

  @Override
  public Nd4jTensor exp() {
    return Functions.exp(this);
  }

  @Override
  public Nd4jTensor log() {
    return Functions.log(this);
  }

  @Override
  public Nd4jTensor abs() {
    return Functions.abs(this);
  }

  @Override
  public Nd4jTensor relu() {
    return Functions.relu(this);
  }

  @Override
  public Nd4jTensor leakyRelu(double slope) {
    return Functions.leakyRelu(this, slope);
  }

  @Override
  public Nd4jTensor elu(double alpha) {
    return Functions.elu(this, alpha);
  }

  @Override
  public Nd4jTensor silu() {
    return Functions.silu(this);
  }

  @Override
  public Nd4jTensor gelu() {
    return Functions.gelu(this);
  }

  @Override
  public Nd4jTensor tanh() {
    return Functions.tanh(this);
  }

  @Override
  public Nd4jTensor sigmoid() {
    return Functions.sigmoid(this);
  }

  @Override
  public Nd4jTensor softplus() {
    return Functions.softplus(this);
  }

  @Override
  public Nd4jTensor matmul(Tensor other) {
    return LinearMaps.matmul(this, false, of(other), false);
  }

  @Override
  public Nd4jTensor linear(Tensor weight, @Nullable Tensor bias) {
    return LinearMaps.linear(this, of(weight), ofNullable(bias));
  }

  @Override
  public Nd4jTensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return LinearMaps.conv2d(this, of(weight), ofNullable(bias), stride, padding);
  }

  @Override
  public Nd4jTensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    return LinearMaps.convTranspose2d(
        this, of(weight), ofNullable(bias), stride, padding, outputPadding);
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
    return Windows.upsample(this, factor);
  }

  @Override
  public Nd4jTensor sum() {
    return Arithmetic.sum(this);
  }

  @Override
  public Nd4jTensor sum(int... axes) {
    return Arithmetic.sum(this, axes);
  }

  @Override
  public Nd4jTensor reshape(Shape to) {
    return Rearrangements.reshape(this, to);
  }

  @Override
  public Nd4jTensor permute(int... axes) {
    return Rearrangements.permute(this, axes);
  }

  @Override
  public Nd4jTensor slice(int axis, int start, int length) {
    return Rearrangements.slice(this, axis, start, length);
  }

  @Override
  public Nd4jTensor concat(List<Tensor> others, int axis) {
    List<Nd4jTensor> all = new ArrayList<>(List.of(this));
    others.forEach(t -> all.add(of(t)));
    return Rearrangements.concat(all, axis);
  }

  @Override
  public Nd4jTensor detach() {
    return engine.constant(value);
  }

  @Override
  public Nd4jTensor variable() {
    return engine.variable(value);
  }

  @Override
  public void assign(Tensor from) {
    InPlace.assign(this, of(from));
  }

  @Override
  public void blend(double keep, Tensor with, double weight) {
    InPlace.blend(this, keep, of(with), weight);
  }

  @Override
  public double item() {
    if (shape().elements() != 1) {
      throw new EngineException("only a tensor of one element is a number, this one is " + shape());
    }
    return engine.call(() -> value.array().getDouble(0));
  }

  @Override
  public float[] toFloats() {
    return engine.call(() -> kernels().transfer().floats(value));
  }

  @Override
  public double[] toDoubles() {
    return engine.call(() -> kernels().transfer().doubles(value));
  }
}
