package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of another engine that knows what a graph calls it.
 *
 * <p>Operations on constants are computed and leave nothing in the graph; those on the traced input
 * and what depends on it are computed and become nodes.
 */
final class TracedTensor implements Tensor {
  private final Graph graph;
  private final Tensor value;
  private final Origin origin;

  TracedTensor(Graph graph, Tensor value, Origin origin) {
    this.graph = graph;
    this.value = value;
    this.origin = origin;
  }

  private static TracedTensor of(Tensor t) {
    return (TracedTensor) t;
  }

  private static @Nullable TracedTensor ofNullable(@Nullable Tensor t) {
    return t == null ? null : of(t);
  }

  private static @Nullable Tensor valueOf(@Nullable TracedTensor t) {
    return t == null ? null : t.value;
  }

  /** The delegate's tensor. */
  Tensor value() {
    return value;
  }

  Origin origin() {
    return origin;
  }

  private boolean isComputed() {
    return origin instanceof Origin.Computed;
  }

  @Override
  public Shape shape() {
    return value.shape();
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
    return result(value.plus(number), shape -> withNumber("Add", number, shape));
  }

  @Override
  public Tensor times(double number) {
    return result(value.times(number), shape -> withNumber("Mul", number, shape));
  }

  @Override
  public Tensor neg() {
    return unary("Neg", value.neg());
  }

  @Override
  public Tensor sqrt() {
    return unary("Sqrt", value.sqrt());
  }

  @Override
  public Tensor exp() {
    return unary("Exp", value.exp());
  }

  @Override
  public Tensor log() {
    return unary("Log", value.log());
  }

  @Override
  public Tensor abs() {
    return unary("Abs", value.abs());
  }

  // Activations.

  @Override
  public Tensor relu() {
    return unary("Relu", value.relu());
  }

  @Override
  public Tensor leakyRelu(double slope) {
    return unary("LeakyRelu", value.leakyRelu(slope), Attributes.of("alpha", slope));
  }

  @Override
  public Tensor elu(double alpha) {
    return unary("Elu", value.elu(alpha), Attributes.of("alpha", alpha));
  }

  @Override
  public Tensor silu() {
    return result(
        value.silu(),
        shape -> {
          String x = graph.reference(this);
          return graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x), shape)), shape);
        });
  }

  /** In the order of operations that runtimes know to fuse. */
  @Override
  public Tensor gelu() {
    return result(
        value.gelu(),
        shape -> {
          String x = graph.reference(this);
          String z = graph.node("Div", List.of(x, number(Math.sqrt(2))), shape);
          String erf = graph.node("Erf", List.of(z), shape);
          String twicePhi = graph.node("Add", List.of(erf, number(1)), shape);
          String product = graph.node("Mul", List.of(x, twicePhi), shape);
          return graph.node("Mul", List.of(product, number(0.5)), shape);
        });
  }

  @Override
  public Tensor tanh() {
    return unary("Tanh", value.tanh());
  }

  @Override
  public Tensor sigmoid() {
    return unary("Sigmoid", value.sigmoid());
  }

  @Override
  public Tensor softplus() {
    return unary("Softplus", value.softplus());
  }

  // Linear maps.

  @Override
  public Tensor matmul(Tensor other) {
    TracedTensor right = of(other);
    needConstant("a matrix product by", right);
    return result(
        value.matmul(right.value),
        shape -> graph.node("MatMul", graph.references(this, right), shape));
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a linear map with", w, b);
    return result(
        value.linear(w.value, valueOf(b)),
        shape ->
            graph.node("Gemm", graph.references(this, w, b), shape, Attributes.of("transB", 1L)));
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a convolution with", w, b);
    return result(
        value.conv2d(w.value, valueOf(b), stride, padding),
        shape ->
            graph.node(
                "Conv",
                graph.references(this, w, b),
                shape,
                kernelShape(w),
                Attributes.both("strides", stride),
                Attributes.pads(padding)));
  }

  @Override
  public Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    TracedTensor w = of(weight);
    TracedTensor b = ofNullable(bias);
    needConstant("a transposed convolution with", w, b);
    return result(
        value.convTranspose2d(w.value, valueOf(b), stride, padding, outputPadding),
        shape ->
            graph.node(
                "ConvTranspose",
                graph.references(this, w, b),
                shape,
                kernelShape(w),
                Attributes.both("strides", stride),
                Attributes.pads(padding),
                Attributes.both("output_padding", outputPadding)));
  }

  private static AttributeProto kernelShape(TracedTensor weight) {
    return Attributes.of("kernel_shape", new int[] {weight.shape().dim(2), weight.shape().dim(3)});
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
        shape -> {
          int channels = shape.dim(1);
          List<String> inputs = new ArrayList<>();
          inputs.add(graph.reference(this));
          inputs.add(s != null ? graph.reference(s) : repeated("ones", 1, channels));
          inputs.add(b != null ? graph.reference(b) : repeated("zeros", 0, channels));
          inputs.addAll(graph.references(mean, variance));
          return graph.node("BatchNormalization", inputs, shape, Attributes.of("epsilon", eps));
        });
  }

  private String repeated(String hint, float number, int count) {
    float[] values = new float[count];
    Arrays.fill(values, number);
    return graph.initializers().vector(graph.here(hint), values);
  }

  // Resizing.

  @Override
  public Tensor avgPool2d(int kernel, int stride) {
    return unary(
        "AveragePool",
        value.avgPool2d(kernel, stride),
        Attributes.both("kernel_shape", kernel),
        Attributes.both("strides", stride));
  }

  @Override
  public Tensor maxPool2d(int kernel, int stride) {
    return unary(
        "MaxPool",
        value.maxPool2d(kernel, stride),
        Attributes.both("kernel_shape", kernel),
        Attributes.both("strides", stride));
  }

  /** Resize with the one coordinate rule that repeats pixels exactly: floor(i / factor). */
  @Override
  public Tensor upsampleNearest2d(int factor) {
    return result(
        value.upsampleNearest2d(factor),
        shape -> {
          String scales = graph.initializers().vector(graph.here("scales"), 1, 1, factor, factor);
          String noRegion = "";
          return graph.node(
              "Resize",
              List.of(graph.reference(this), noRegion, scales),
              shape,
              Attributes.of("mode", "nearest"),
              Attributes.of("coordinate_transformation_mode", "asymmetric"),
              Attributes.of("nearest_mode", "floor"));
        });
  }

  // Reductions and shapes.

  @Override
  public Tensor sum() {
    if (isComputed()) {
      throw graph.mixing("a sum over all elements");
    }
    return result(value.sum(), shape -> "");
  }

  @Override
  public Tensor sum(int... axes) {
    if (axes.length == 0) {
      return this; // ONNX would sum over all
    }
    long[] positive = Arrays.stream(axes).mapToLong(this::positive).toArray();
    if (isComputed() && Arrays.stream(positive).anyMatch(a -> a == 0)) {
      throw graph.mixing("a sum over dimension 0");
    }
    return result(
        value.sum(axes),
        shape ->
            graph.node(
                "ReduceSum",
                List.of(
                    graph.reference(this),
                    graph.initializers().longs(graph.here("axes"), positive)),
                shape,
                Attributes.of("keepdims", 1L)));
  }

  @Override
  public Tensor reshape(Shape to) {
    if (isComputed() && (to.rank() == 0 || to.dim(0) != shape().dim(0))) {
      throw graph.mixing("a reshape from " + shape() + " to " + to);
    }
    return result(
        value.reshape(to),
        shape -> {
          long[] dims = to.toLongs();
          dims[0] = 0; // as the input has it
          return graph.node(
              "Reshape",
              List.of(graph.reference(this), graph.initializers().longs(graph.here("shape"), dims)),
              shape);
        });
  }

  @Override
  public Tensor permute(int... axes) {
    if (isComputed() && positive(axes[0]) != 0) {
      throw graph.mixing("a permutation that moves dimension 0");
    }
    int[] positive = Arrays.stream(axes).map(this::positive).toArray();
    return unary("Transpose", value.permute(axes), Attributes.of("perm", positive));
  }

  @Override
  public Tensor slice(int axis, int start, int length) {
    int along = positive(axis);
    if (isComputed() && along == 0) {
      throw graph.mixing("a slice along dimension 0");
    }
    return result(
        value.slice(axis, start, length),
        shape ->
            graph.node(
                "Slice",
                List.of(
                    graph.reference(this),
                    graph.initializers().longs(graph.here("starts"), start),
                    graph.initializers().longs(graph.here("ends"), start + length),
                    graph.initializers().longs(graph.here("axes"), along)),
                shape));
  }

  @Override
  public Tensor concat(List<Tensor> others, int axis) {
    List<TracedTensor> all = new ArrayList<>();
    all.add(this);
    others.forEach(t -> all.add(of(t)));
    if (all.stream().anyMatch(TracedTensor::isComputed)) {
      if (positive(axis) == 0) {
        throw graph.mixing("a concatenation along dimension 0");
      }
      if (!all.stream().allMatch(TracedTensor::isComputed)) {
        throw graph.mixing("a concatenation with a constant");
      }
    }
    return result(
        value.concat(all.subList(1, all.size()).stream().map(TracedTensor::value).toList(), axis),
        all,
        shape ->
            graph.node(
                "Concat",
                all.stream().map(graph::reference).toList(),
                shape,
                Attributes.of("axis", (long) positive(axis))));
  }

  // Gradients.

  /** The same: in a graph nothing is differentiated. */
  @Override
  public Tensor detach() {
    return this;
  }

  @Override
  public Tensor variable() {
    throw graph.meaningless("a variable");
  }

  // In place. Not even for constants: the graph may have taken their numbers before.

  @Override
  public void assign(Tensor from) {
    throw graph.meaningless("a change in place");
  }

  @Override
  public void blend(double keep, Tensor with, double weight) {
    throw graph.meaningless("a change in place");
  }

  // Leaving the engine.

  @Override
  public double item() {
    return constant().item();
  }

  @Override
  public float[] toFloats() {
    return constant().toFloats();
  }

  @Override
  public double[] toDoubles() {
    return constant().toDoubles();
  }

  private Tensor constant() {
    if (isComputed()) {
      throw graph.meaningless("reading numbers that depend on the input");
    }
    return value;
  }

  // What becomes a node, and what does not.

  /** Appends to the graph what computes a value of a shape, and says what it is called. */
  private interface Recording {
    String record(Shape shape);
  }

  private Tensor result(Tensor result, Recording recording) {
    return result(result, List.of(this), recording);
  }

  /** For operands of which any may depend on the input. */
  private Tensor result(Tensor result, List<TracedTensor> operands, Recording recording) {
    if (operands.stream().noneMatch(TracedTensor::isComputed)) {
      return new TracedTensor(graph, result, origin.folded());
    }
    String name = recording.record(result.shape());
    return new TracedTensor(graph, result, new Origin.Computed(name));
  }

  private Tensor unary(String operator, Tensor result, AttributeProto... attributes) {
    return result(result, shape -> graph.node(operator, graph.references(this), shape, attributes));
  }

  private Tensor binary(String operator, Tensor other, BinaryOperator<Tensor> operation) {
    TracedTensor right = of(other);
    List<TracedTensor> both = List.of(this, right);
    if (isComputed() || right.isComputed()) {
      int rank = Math.max(shape().rank(), right.shape().rank());
      for (TracedTensor t : both) {
        boolean batchFirst = t.shape().rank() == rank;
        boolean oneForAll = !batchFirst || t.shape().dim(0) == 1;
        if (t.isComputed() ? !batchFirst : !oneForAll) {
          throw graph.mixing(operator + " of " + shape() + " and " + right.shape());
        }
      }
    }
    return result(
        operation.apply(value, right.value),
        both,
        shape -> graph.node(operator, graph.references(this, right), shape));
  }

  private String withNumber(String operator, double number, Shape shape) {
    return graph.node(operator, List.of(graph.reference(this), number(number)), shape);
  }

  private String number(double number) {
    return graph.initializers().scalar(graph.here("number"), number);
  }

  /** What depends on the input has the batch in dimension 0, where these have something else. */
  private void needConstant(String what, @Nullable TracedTensor... operands) {
    for (TracedTensor t : operands) {
      if (t != null && t.isComputed()) {
        throw graph.mixing(what + " numbers that depend on the input");
      }
    }
  }

  private int positive(int axis) {
    return axis < 0 ? shape().rank() + axis : axis;
  }
}
