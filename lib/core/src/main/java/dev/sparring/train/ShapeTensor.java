package dev.sparring.train;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tensor of a {@link ShapeEngine}: a shape, what it is computed from, and no numbers. */
final class ShapeTensor implements Tensor {
  private final ShapeEngine engine;
  private final Shape shape;
  private final boolean reduced;
  private final Ledger.Storage storage;
  private final long number;
  private final List<ShapeTensor> operands;
  private final boolean overwritten;

  /**
   * A tensor.
   *
   * @param reduced whether it is in bfloat16
   * @param operands on which gradients flow; none for a constant
   */
  ShapeTensor(
      ShapeEngine engine,
      Shape shape,
      boolean reduced,
      Ledger.Storage storage,
      long number,
      List<ShapeTensor> operands) {
    this(engine, shape, reduced, storage, number, operands, false);
  }

  private ShapeTensor(
      ShapeEngine engine,
      Shape shape,
      boolean reduced,
      Ledger.Storage storage,
      long number,
      List<ShapeTensor> operands,
      boolean overwritten) {
    this.engine = engine;
    this.shape = shape;
    this.reduced = reduced;
    this.storage = storage;
    this.number = number;
    this.operands = operands;
    this.overwritten = overwritten;
  }

  /**
   * As if the engine overwrote whatever made it; most that activations get is from maps and norms.
   */
  @Override
  public Tensor lastUse() {
    return engine.traits().overwrites()
        ? new ShapeTensor(engine, shape, reduced, storage, number, operands, true)
        : this;
  }

  boolean isReduced() {
    return reduced;
  }

  double bytes() {
    return engine.bytes(shape, reduced);
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
    return operands.isEmpty()
        ? this
        : new ShapeTensor(engine, shape, reduced, storage, number, List.of());
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
      engine.ledger().allocate(others * engine.bytes(to, engine.isReduced(all)));
    }
    return engine.made(to, all);
  }

  /** The result of an operation that is always in the engine's own precision. */
  private ShapeTensor full(Shape to) {
    return engine.made(to, false, List.of(this));
  }

  /** The result of a linear map. */
  private ShapeTensor mapped(Shape to, double others, Tensor weight, @Nullable Tensor bias) {
    if (!engine.isAutocast()) {
      return made(to, others, weight, bias);
    }
    for (Tensor operand : List.of(this, weight)) {
      if (!((ShapeTensor) operand).isReduced()) {
        engine.ledger().allocate(engine.bytes(operand.shape(), true)); // its copy in bfloat16
      }
    }
    List<ShapeTensor> all = new ArrayList<>(List.of(this, (ShapeTensor) weight));
    if (bias != null) {
      all.add((ShapeTensor) bias);
    }
    engine.ledger().allocate(others * engine.bytes(to, true));
    return engine.made(to, true, all);
  }

  private Tensor each() {
    return made(shape, 0);
  }

  private Tensor binary(Tensor other) {
    return made(ResultShapes.broadcast(shape, other.shape()), 0, other);
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
    return full(shape);
  }

  @Override
  public Tensor exp() {
    return full(shape);
  }

  @Override
  public Tensor log() {
    return full(shape);
  }

  @Override
  public Tensor abs() {
    return each();
  }

  @Override
  public Tensor relu() {
    return overwritten ? engine.view(this, shape, List.of(this)) : each();
  }

  @Override
  public Tensor leakyRelu(double slope) {
    return overwritten
        ? engine.view(this, shape, List.of(this))
        : made(shape, engine.traits().leakyRelu());
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
    return full(shape);
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
    return mapped(Shape.of(shape.dim(0), weight.shape().dim(0)), others, weight, bias);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convolved(ResultShapes.convolved(shape, weight.shape(), stride, padding), weight, bias);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    return engine.traits().groups()
        ? conv2d(weight, bias, stride, padding)
        : Tensor.super.conv2d(weight, bias, stride, padding, groups);
  }

  @Override
  public Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    Shape to = ResultShapes.transposed(shape, weight.shape(), stride, padding, outputPadding);
    return convolved(to, weight, bias);
  }

  private Tensor convolved(Shape to, Tensor weight, @Nullable Tensor bias) {
    ShapeTensor y = mapped(to, 0, weight, bias);
    double all =
        engine.bytes(shape, y.reduced) + y.bytes() + engine.bytes(weight.shape(), y.reduced);
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
    engine.ledger().allocate(others * bytes());
    List<ShapeTensor> all = new ArrayList<>(List.of(this));
    Stream.of(scale, shift).filter(Objects::nonNull).forEach(t -> all.add((ShapeTensor) t));
    return engine.made(shape, reduced, all);
  }

  @Override
  public Tensor avgPool2d(int kernel, int stride) {
    return made(ResultShapes.pooled(shape, kernel, stride), 0);
  }

  @Override
  public Tensor maxPool2d(int kernel, int stride) {
    return made(ResultShapes.pooled(shape, kernel, stride), engine.traits().maxPool());
  }

  @Override
  public Tensor upsampleNearest2d(int factor) {
    return made(
        Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * factor, shape.dim(3) * factor), 0);
  }

  @Override
  public Tensor sum() {
    return full(Shape.SCALAR);
  }

  @Override
  public Tensor sum(int... axes) {
    if (axes.length == 0) {
      return this;
    }
    return full(ResultShapes.summed(shape, axes));
  }

  @Override
  public Tensor reshape(Shape to) {
    return engine.view(this, to, List.of(this));
  }

  @Override
  public Tensor permute(int... axes) {
    return part(Shape.of(Arrays.stream(axes).map(shape::dim).toArray()));
  }

  @Override
  public Tensor slice(int axis, int start, int length) {
    return part(ResultShapes.with(shape, axis, length));
  }

  private Tensor part(Shape to) {
    return engine.traits().copies() ? made(to, 0) : engine.view(this, to, List.of(this));
  }

  @Override
  public Tensor concat(List<Tensor> others, int axis) {
    int length = shape.dim(axis) + others.stream().mapToInt(t -> t.shape().dim(axis)).sum();
    return made(ResultShapes.with(shape, axis, length), 0, others.toArray(new Tensor[0]));
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
    engine.ledger().borrow(bytes());
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
