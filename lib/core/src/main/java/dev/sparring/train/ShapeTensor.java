package dev.sparring.train;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tensor of a {@link ShapeEngine}: a shape, what it is computed from, and no numbers. */
final class ShapeTensor implements Tensor {
  private final ShapeEngine engine;
  private final Shape shape;
  private final Ledger.Storage storage;
  private final long number;
  private final List<ShapeTensor> operands;

  /**
   * A tensor.
   *
   * @param operands on which gradients flow; none for a constant
   */
  ShapeTensor(
      ShapeEngine engine,
      Shape shape,
      Ledger.Storage storage,
      long number,
      List<ShapeTensor> operands) {
    this.engine = engine;
    this.shape = shape;
    this.storage = storage;
    this.number = number;
    this.operands = operands;
  }

  Ledger.Storage storage() {
    return storage;
  }

  long number() {
    return number;
  }

  List<ShapeTensor> operands() {
    return operands;
  }

  ShapeTensor constant() {
    return operands.isEmpty() ? this : new ShapeTensor(engine, shape, storage, number, List.of());
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** The result of an operation, and other results that live as long. */
  private ShapeTensor made(Shape to, double others, @Nullable Tensor... more) {
    List<ShapeTensor> all = new ArrayList<>(List.of(this));
    for (Tensor t : more) {
      if (t != null) {
        all.add((ShapeTensor) t);
      }
    }
    if (others > 0) {
      engine.ledger().allocate(others * engine.bytes(to));
    }
    return engine.made(to, all);
  }

  private Tensor each() {
    return made(shape, 0);
  }

  private Tensor binary(Tensor other) {
    return made(broadcast(shape, other.shape()), 0, other);
  }

  private static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int p = i <= a.rank() ? a.dim(-i) : 1;
      int q = i <= b.rank() ? b.dim(-i) : 1;
      dims[rank - i] = Math.max(p, q);
    }
    return Shape.of(dims);
  }

  @Override
  public Tensor plus(Tensor other) {
    return binary(other);
  }

  @Override
  public Tensor minus(Tensor other) {
    return binary(other);
  }

  @Override
  public Tensor times(Tensor other) {
    return binary(other);
  }

  @Override
  public Tensor div(Tensor other) {
    return binary(other);
  }

  @Override
  public Tensor plus(double value) {
    return each();
  }

  @Override
  public Tensor times(double value) {
    return each();
  }

  @Override
  public Tensor sqrt() {
    return each();
  }

  @Override
  public Tensor exp() {
    return each();
  }

  @Override
  public Tensor log() {
    return each();
  }

  @Override
  public Tensor abs() {
    return each();
  }

  @Override
  public Tensor relu() {
    return each();
  }

  @Override
  public Tensor leakyRelu(double slope) {
    return made(shape, engine.traits().leakyRelu());
  }

  @Override
  public Tensor elu(double alpha) {
    return each();
  }

  @Override
  public Tensor silu() {
    return made(shape, engine.traits().silu());
  }

  @Override
  public Tensor gelu() {
    return made(shape, engine.traits().gelu());
  }

  @Override
  public Tensor tanh() {
    return each();
  }

  @Override
  public Tensor sigmoid() {
    return each();
  }

  @Override
  public Tensor softplus() {
    return each();
  }

  @Override
  public Tensor matmul(Tensor other) {
    Shape b = other.shape();
    return made(
        shape.rank() == 2
            ? Shape.of(shape.dim(0), b.dim(1))
            : Shape.of(shape.dim(0), shape.dim(1), b.dim(2)),
        0,
        other);
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    double others = bias == null ? 0 : engine.traits().linearBias();
    return made(Shape.of(shape.dim(0), weight.shape().dim(0)), others, weight, bias);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    Shape w = weight.shape();
    return convolved(
        Shape.of(
            shape.dim(0),
            w.dim(0),
            (shape.dim(2) + 2 * padding - w.dim(2)) / stride + 1,
            (shape.dim(3) + 2 * padding - w.dim(3)) / stride + 1),
        weight,
        bias);
  }

  @Override
  public Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    Shape w = weight.shape();
    return convolved(
        Shape.of(
            shape.dim(0),
            w.dim(1),
            (shape.dim(2) - 1) * stride - 2 * padding + w.dim(2) + outputPadding,
            (shape.dim(3) - 1) * stride - 2 * padding + w.dim(3) + outputPadding),
        weight,
        bias);
  }

  private Tensor convolved(Shape to, Tensor weight, @Nullable Tensor bias) {
    double all = engine.bytes(shape) + engine.bytes(to) + engine.bytes(weight.shape());
    ShapeTensor y = made(to, 0, weight, bias);
    engine.ledger().borrow(engine.traits().convolution() * all);
    return y;
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
    double others = scale == null && shift == null ? 0 : engine.traits().batchNorm();
    return made(shape, others, scale, shift);
  }

  @Override
  public Tensor avgPool2d(int kernel, int stride) {
    return made(pooled(kernel, stride), 0);
  }

  @Override
  public Tensor maxPool2d(int kernel, int stride) {
    return made(pooled(kernel, stride), engine.traits().maxPool());
  }

  private Shape pooled(int kernel, int stride) {
    return Shape.of(
        shape.dim(0),
        shape.dim(1),
        (shape.dim(2) - kernel) / stride + 1,
        (shape.dim(3) - kernel) / stride + 1);
  }

  @Override
  public Tensor upsampleNearest2d(int factor) {
    return made(
        Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * factor, shape.dim(3) * factor), 0);
  }

  @Override
  public Tensor sum() {
    return made(Shape.SCALAR, 0);
  }

  @Override
  public Tensor sum(int... axes) {
    if (axes.length == 0) {
      return this;
    }
    int[] dims = dims();
    for (int axis : axes) {
      dims[fromStart(axis)] = 1;
    }
    return made(Shape.of(dims), 0);
  }

  @Override
  public Tensor reshape(Shape to) {
    return engine.view(this, to, List.of(this));
  }

  @Override
  public Tensor permute(int... axes) {
    int[] dims = Arrays.stream(axes).map(axis -> shape.dim(axis)).toArray();
    return part(Shape.of(dims));
  }

  @Override
  public Tensor slice(int axis, int start, int length) {
    int[] dims = dims();
    dims[fromStart(axis)] = length;
    return part(Shape.of(dims));
  }

  private Tensor part(Shape to) {
    return engine.traits().copies() ? made(to, 0) : engine.view(this, to, List.of(this));
  }

  @Override
  public Tensor concat(List<Tensor> others, int axis) {
    int[] dims = dims();
    others.forEach(t -> dims[fromStart(axis)] += t.shape().dim(axis));
    return made(Shape.of(dims), 0, others.toArray(new Tensor[0]));
  }

  private int[] dims() {
    return shape.dims().stream().mapToInt(Integer::intValue).toArray();
  }

  private int fromStart(int axis) {
    return axis < 0 ? shape.rank() + axis : axis;
  }

  @Override
  public Tensor detach() {
    return engine.view(this, shape, List.of());
  }

  @Override
  public Tensor variable() {
    return engine.variable(this);
  }

  @Override
  public void assign(Tensor value) {}

  @Override
  public void blend(double keep, Tensor value, double weight) {
    engine.ledger().borrow(engine.bytes(shape));
  }

  @Override
  public double item() {
    return 1;
  }

  @Override
  public float[] toFloats() {
    float[] ones = new float[shape.elements()];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public double[] toDoubles() {
    double[] ones = new double[shape.elements()];
    Arrays.fill(ones, 1);
    return ones;
  }
}
