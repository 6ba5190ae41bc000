package dev.sparring.onnx;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of another engine that knows its name in a graph.
 *
 * <p>Operations on constants are only computed; those on the traced input, and on values that
 * depend on it, are computed and become nodes.
 */
final class TracedTensor extends GraphTensor {
  TracedTensor(TracingEngine engine, Tensor value, Origin origin) {
    super(engine, value, origin);
  }

  private TracedTensor of(Tensor t) {
    return engine().own(t);
  }

  private @Nullable TracedTensor ofNullable(@Nullable Tensor t) {
    return t == null ? null : of(t);
  }

  private static @Nullable Tensor valueOf(@Nullable TracedTensor t) {
    return t == null ? null : t.value;
  }

  // Arithmetic.

  @Override
  public Tensor plus(Tensor other) {
    return binary("Add", other, Tensor::plus);
  }

  @Override
  public Tensor minus(Tensor other) {
    return binary("Sub", other, Tensor::minus);
  }

  @Override
  public Tensor times(Tensor other) {
    return binary("Mul", other, Tensor::times);
  }

  @Override
  public Tensor div(Tensor other) {
    return binary("Div", other, Tensor::div);
  }

  @Override
  public Tensor plus(double number) {
    return result(value.plus(number), Operator.withNumber("Add", number), this);
  }

  @Override
  public Tensor times(double number) {
    return result(value.times(number), Operator.withNumber("Mul", number), this);
  }

  @Override
  public Tensor neg() {
    return result(value.neg(), Operator.of("Neg"), this);
  }

  @Override
  public Tensor sqrt() {
    return result(value.sqrt(), Operator.of("Sqrt"), this);
  }

  @Override
  public Tensor exp() {
    return result(value.exp(), Operator.of("Exp"), this);
  }

  @Override
  public Tensor log() {
    return result(value.log(), Operator.of("Log"), this);
  }

  @Override
  public Tensor abs() {
    return result(value.abs(), Operator.of("Abs"), this);
  }

  // Activations.

  @Override
  public Tensor relu() {
    return result(value.relu(), Operator.of("Relu"), this);
  }

  @Override
  public Tensor leakyRelu(double slope) {
    Operator operator = Operator.of("LeakyRelu", Attributes.of("alpha", slope));
    return result(value.leakyRelu(slope), operator, this);
  }

  @Override
  public Tensor elu(double alpha) {
    Operator operator = Operator.of("Elu", Attributes.of("alpha", alpha));
    return result(value.elu(alpha), operator, this);
  }

  @Override
  public Tensor silu() {
    return result(value.silu(), Operator.silu(), this);
  }

  @Override
  public Tensor gelu() {
    return result(value.gelu(), Operator.gelu(), this);
  }

  @Override
  public Tensor tanh() {
    return result(value.tanh(), Operator.of("Tanh"), this);
  }

  @Override
  public Tensor sigmoid() {
    return result(value.sigmoid(), Operator.of("Sigmoid"), this);
  }

  @Override
  public Tensor softplus() {
    return result(value.softplus(), Operator.of("Softplus"), this);
  }

  // Linear maps.

  @Override
  public Tensor matmul(Tensor other) {
    TracedTensor right = of(other);
    boolean several = shape().rank() == 3;
    if (!several) {
      needConstant("a matrix product by", right);
    } else if (isComputed() != right.isComputed()) {
      throw graph.mixing("a product of matrices with as many constants");
    }
    return result(value.matmul(right.value), Operator.of("MatMul"), this, right);
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a linear map with", w, b);
    return result(value.linear(w.value, valueOf(b)), Operator.linear(), this, w, b);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return conv2d(weight, bias, stride, padding, 1);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a convolution with", w, b);
    Operator operator =
        groups == 1
            ? Operator.conv(w.shape(), stride, padding)
            : Operator.conv(w.shape(), stride, padding, groups);
    return result(value.conv2d(w.value, valueOf(b), stride, padding, groups), operator, this, w, b);
  }

  @Override
  public Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a transposed convolution with", w, b);
    return result(
        value.convTranspose2d(w.value, valueOf(b), stride, padding, outputPadding),
        Operator.convTranspose(w.shape(), stride, padding, outputPadding),
        this,
        w,
        b);
  }

  @Override
  public Tensor batchNorm(
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training,
      double momentum,
      double eps) {
    if (training) {
      throw graph.meaningless("batch normalization by the batch's own statistics");
    }
    TracedTensor s = ofNullable(scale);
    TracedTensor b = ofNullable(shift);
    TracedTensor mean = of(runningMean);
    TracedTensor variance = of(runningVariance);
    needConstant("batch normalization with", s, b, mean, variance);
    return result(
        value.batchNorm(valueOf(s), valueOf(b), mean.value, variance.value, false, momentum, eps),
        Operator.batchNorm(s != null, b != null, eps),
        this,
        s,
        b,
        mean,
        variance);
  }

  // Resizing.

  @Override
  public Tensor avgPool2d(int kernel, int stride) {
    Operator operator = Operator.pool("AveragePool", kernel, stride);
    return result(value.avgPool2d(kernel, stride), operator, this);
  }

  @Override
  public Tensor maxPool2d(int kernel, int stride) {
    Operator operator = Operator.pool("MaxPool", kernel, stride);
    return result(value.maxPool2d(kernel, stride), operator, this);
  }

  @Override
  public Tensor upsampleNearest2d(int factor) {
    return result(value.upsampleNearest2d(factor), Operator.upsample(factor), this);
  }

  // Reductions and shapes.

  @Override
  public Tensor sum() {
    if (isComputed()) {
      throw graph.mixing("a sum over all elements");
    }
    return folded(value.sum());
  }

  @Override
  public Tensor sum(int... axes) {
    if (axes.length == 0) {
      return this; // ONNX would sum over all
    }
    long[] fromStart = Arrays.stream(axes).mapToLong(this::fromStart).toArray();
    if (isComputed() && Arrays.stream(fromStart).anyMatch(a -> a == 0)) {
      throw graph.mixing("a sum over dimension 0");
    }
    Operator operator = Operator.of("ReduceSum", Attributes.of("keepdims", 1L));
    return result(value.sum(axes), operator.with("axes", fromStart), this);
  }

  @Override
  public Tensor reshape(Shape to) {
    if (!isComputed()) {
      return folded(value.reshape(to));
    }
    if (to.rank() == 0 || to.dim(0) != shape().dim(0)) {
      throw graph.mixing("a reshape from " + shape() + " to " + to);
    }
    long[] extents = to.toLongs();
    extents[0] = 0; // as the input has it
    return result(value.reshape(to), Operator.of("Reshape").with("shape", extents), this);
  }

  @Override
  public Tensor permute(int... axes) {
    int[] fromStart = Arrays.stream(axes).map(this::fromStart).toArray();
    if (isComputed() && fromStart[0] != 0) {
      throw graph.mixing("a permutation that moves dimension 0");
    }
    Operator operator = Operator.of("Transpose", Attributes.of("perm", fromStart));
    return result(value.permute(axes), operator, this);
  }

  @Override
  public Tensor slice(int axis, int start, int length) {
    int along = fromStart(axis);
    if (isComputed() && along == 0) {
      throw graph.mixing("a slice along dimension 0");
    }
    Operator operator = Operator.slice(along, start, start + length);
    return result(value.slice(axis, start, length), operator, this);
  }

  @Override
  public Tensor concat(List<Tensor> others, int axis) {
    List<TracedTensor> all = new ArrayList<>();
    all.add(this);
    others.forEach(t -> all.add(of(t)));
    int along = fromStart(axis);
    if (all.stream().anyMatch(TracedTensor::isComputed)) {
      if (along == 0) {
        throw graph.mixing("a concatenation along dimension 0");
      }
      if (!all.stream().allMatch(TracedTensor::isComputed)) {
        throw graph.mixing("a concatenation with a constant");
      }
    }
    return result(
        value.concat(all.subList(1, all.size()).stream().map(TracedTensor::value).toList(), axis),
        Operator.of("Concat", Attributes.of("axis", along)),
        all.toArray(TracedTensor[]::new));
  }

  // Nodes and constants.

  /**
   * The result of an operation.
   *
   * @param operands in the order in which ONNX takes them; null for operands that are left out
   */
  private Tensor result(Tensor result, Operator operator, @Nullable TracedTensor... operands) {
    if (Arrays.stream(operands).noneMatch(t -> t != null && t.isComputed())) {
      return folded(result);
    }
    String name = operator.append(graph, graph.references(operands), result.shape());
    return new TracedTensor(engine(), result, new Origin.Computed(name));
  }

  /** The result of an operation on this constant. */
  private Tensor folded(Tensor result) {
    return new TracedTensor(engine(), result, origin.folded());
  }

  private Tensor binary(String operator, Tensor other, BinaryOperator<Tensor> operation) {
    TracedTensor right = of(other);
    if (isComputed() || right.isComputed()) {
      int rank = Math.max(shape().rank(), right.shape().rank());
      if (!keepsBatch(rank) || !right.keepsBatch(rank)) {
        throw graph.mixing(operator + " of " + shape() + " and " + right.shape());
      }
    }
    return result(operation.apply(value, right.value), Operator.of(operator), this, right);
  }

  /** Whether a result of this rank has the batch, and nothing else, in dimension 0. */
  private boolean keepsBatch(int rank) {
    boolean reachesBatch = shape().rank() == rank;
    return isComputed() ? reachesBatch : !reachesBatch || shape().dim(0) == 1;
  }

  /** Values that depend on the input have the batch in dimension 0; these operands do not. */
  private void needConstant(String what, @Nullable TracedTensor... operands) {
    for (TracedTensor t : operands) {
      if (t != null && t.isComputed()) {
        throw graph.mixing(what + " numbers that depend on the input");
      }
    }
  }

  private int fromStart(int axis) {
    return axis < 0 ? shape().rank() + axis : axis;
  }
}
