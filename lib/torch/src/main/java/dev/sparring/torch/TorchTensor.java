package dev.sparring.torch;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A tensor of libtorch; its images are in channels-last memory, which is not visible outside. */
final class TorchTensor implements Tensor {
  private final TorchEngine engine;
  private final org.bytedeco.pytorch.Tensor value;

  /** The images whose rows these are, with a row's elements in the images' order of memory. */
  private final @Nullable FlatImages flat;

  private final Use use;

  private @Nullable Shape shape;

  /** Whether an operation may write over a tensor. */
  private enum Use {
    /** No. */
    SHARED,
    /** Once its user says so: no derivative needs the numbers, and no other tensor has them. */
    FRESH,
    /** Yes. */
    LAST
  }

  TorchTensor(TorchEngine engine, org.bytedeco.pytorch.Tensor value) {
    this(engine, value, null, Use.SHARED);
  }

  private TorchTensor(
      TorchEngine engine, org.bytedeco.pytorch.Tensor value, @Nullable FlatImages flat, Use use) {
    this.engine = engine;
    this.value = value;
    this.flat = flat;
    this.use = use;
  }

  /** The native tensor, for operations of its own engine only. */
  org.bytedeco.pytorch.Tensor raw() {
    return inOrder(value);
  }

  /** What is recorded in the history of tensors that were computed from it. */
  org.bytedeco.pytorch.Tensor recorded() {
    return value;
  }

  /** A tensor like {@link #recorded} in the order of {@link #raw}. */
  org.bytedeco.pytorch.Tensor inOrder(org.bytedeco.pytorch.Tensor gradient) {
    return flat == null ? gradient : flat.rows(gradient);
  }

  /** Whether {@link #raw} is a copy in another order. */
  boolean isFlattened() {
    return flat != null;
  }

  /** Whether its scope has ended. */
  boolean isFreed() {
    return value.isNull();
  }

  /** The native tensor of another operand. */
  private org.bytedeco.pytorch.Tensor raw(Tensor t) {
    return engine.raw(t);
  }

  private org.bytedeco.pytorch.@Nullable Tensor rawOrNull(@Nullable Tensor t) {
    return t == null ? null : raw(t);
  }

  private org.bytedeco.pytorch.Tensor operand(Tensor t) {
    return engine.autocasting().operand(raw(t));
  }

  private org.bytedeco.pytorch.@Nullable Tensor operandOrNull(@Nullable Tensor t) {
    return t == null ? null : operand(t);
  }

  /** The native tensor for operations that are always in the engine's own precision. */
  private org.bytedeco.pytorch.Tensor full() {
    return engine.autocasting().full(raw());
  }

  @Override
  public TorchEngine engine() {
    return engine;
  }

  private Tensor make(Supplier<org.bytedeco.pytorch.Tensor> calls) {
    return engine.make(calls);
  }

  /** The result of an operation whose derivative does not need it. */
  private Tensor fresh(Supplier<org.bytedeco.pytorch.Tensor> calls) {
    org.bytedeco.pytorch.Tensor result = engine.call(calls);
    return new TorchTensor(engine, result, null, result.is_view() ? Use.SHARED : Use.FRESH);
  }

  @Override
  public Tensor lastUse() {
    return use == Use.FRESH ? new TorchTensor(engine, value, null, Use.LAST) : this;
  }

  @Override
  public Shape shape() {
    Shape known = shape;
    if (known == null) {
      known =
          Failures.translate(
              engine,
              () -> Shape.of(Arrays.stream(value.shape()).mapToInt(Math::toIntExact).toArray()));
      shape = known;
    }
    return known;
  }

  @Override
  public Tensor plus(Tensor other) {
    return make(() -> raw().add(raw(other)));
  }

  @Override
  public Tensor minus(Tensor other) {
    return make(() -> raw().sub(raw(other)));
  }

  @Override
  public Tensor times(Tensor other) {
    return make(() -> raw().mul(raw(other)));
  }

  @Override
  public Tensor div(Tensor other) {
    return make(() -> raw().div(raw(other)));
  }

  @Override
  public Tensor plus(double number) {
    return make(() -> raw().add(engine.scalar(number)));
  }

  @Override
  public Tensor times(double number) {
    return make(() -> raw().mul(engine.scalar(number)));
  }

  @Override
  public Tensor sqrt() {
    return make(() -> full().sqrt());
  }

  @Override
  public Tensor exp() {
    return make(() -> full().exp());
  }

  @Override
  public Tensor log() {
    return make(() -> full().log());
  }

  @Override
  public Tensor abs() {
    return make(() -> raw().abs());
  }

  @Override
  public Tensor relu() {
    return make(() -> use == Use.LAST ? raw().relu_() : raw().relu());
  }

  @Override
  public Tensor leakyRelu(double slope) {
    // Written over, the derivative takes the sign of the result, so the slope may not change it.
    return make(
        () ->
            use == Use.LAST && slope > 0
                ? torch.leaky_relu_(raw(), engine.scalar(slope))
                : torch.leaky_relu(raw(), engine.scalar(slope)));
  }

  @Override
  public Tensor elu(double alpha) {
    return make(() -> torch.elu(raw(), engine.scalar(alpha), new Scalar(1.0), new Scalar(1.0)));
  }

  @Override
  public Tensor silu() {
    return make(() -> torch.silu(raw()));
  }

  @Override
  public Tensor gelu() {
    return make(() -> torch.gelu(raw(), "none"));
  }

  @Override
  public Tensor tanh() {
    return make(() -> raw().tanh());
  }

  @Override
  public Tensor sigmoid() {
    return make(() -> raw().sigmoid());
  }

  @Override
  public Tensor softplus() {
    // From the threshold on, libtorch returns x itself; with its default of 20 the error is 2e-9.
    return make(() -> torch.softplus(full(), new Scalar(1.0), new Scalar(40.0)));
  }

  @Override
  public Tensor matmul(Tensor other) {
    boolean several = shape().rank() == 3;
    FlatImages images = other instanceof TorchTensor t ? t.flat : null;
    if (images == null || several) {
      return make(() -> engine.autocasting().product(raw(), raw(other), several));
    }
    // Sums over rows, whose columns keep their order of memory.
    org.bytedeco.pytorch.Tensor rows = engine.recorded(other);
    return new TorchTensor(
        engine,
        engine.call(() -> engine.autocasting().product(raw(), rows, false)),
        images.batch(shape().dim(0)),
        Use.SHARED);
  }

  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    FlatImages images = flat;
    return images != null && images.isCheaperFor(weight.shape())
        ? fresh(
            () ->
                torch.linear(
                    engine.autocasting().operand(value),
                    images.columns(operand(weight)),
                    Images.optional(operandOrNull(bias))))
        : fresh(
            () ->
                torch.linear(operand(this), operand(weight), Images.optional(operandOrNull(bias))));
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return conv2d(weight, bias, stride, padding, 1);
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    return fresh(
        () ->
            Images.conv2d(
                operand(this), operand(weight), operandOrNull(bias), stride, padding, groups));
  }

  @Override
  public Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    return fresh(
        () ->
            Images.convTranspose2d(
                operand(this),
                operand(weight),
                operandOrNull(bias),
                stride,
                padding,
                outputPadding));
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
    return fresh(
        () ->
            Images.batchNorm(
                raw(),
                rawOrNull(scale),
                rawOrNull(shift),
                raw(runningMean),
                raw(runningVariance),
                training,
                momentum,
                eps));
  }

  @Override
  public Tensor avgPool2d(int kernel, int stride) {
    return make(() -> Images.avgPool2d(raw(), kernel, stride));
  }

  @Override
  public Tensor maxPool2d(int kernel, int stride) {
    return make(() -> Images.maxPool2d(raw(), kernel, stride));
  }

  @Override
  public Tensor upsampleNearest2d(int factor) {
    return make(() -> Images.upsampleNearest2d(raw(), factor));
  }

  @Override
  public Tensor norm() {
    return make(() -> torch.linalg_vector_norm(full()));
  }

  @Override
  public Tensor sum() {
    return make(() -> full().sum());
  }

  @Override
  public Tensor sum(int... axes) {
    if (axes.length == 0) {
      engine.requireOpen();
      return this; // libtorch would sum over all
    }
    return make(() -> full().sum(longs(axes), true, new ScalarTypeOptional()));
  }

  @Override
  public Tensor reshape(Shape to) {
    FlatImages images = FlatImages.of(value, to);
    if (images != null) {
      return new TorchTensor(
          engine, engine.call(() -> images.flattened(value)), images, Use.SHARED);
    }
    return make(() -> Images.channelsLast(raw().reshape(to.toLongs())));
  }

  @Override
  public Tensor permute(int... axes) {
    return make(() -> raw().permute(longs(axes)));
  }

  @Override
  public Tensor slice(int axis, int start, int length) {
    return make(() -> raw().narrow(axis, start, length));
  }

  @Override
  public Tensor concat(List<Tensor> others, int axis) {
    return make(
        () -> {
          TensorVector all = new TensorVector(raw());
          others.forEach(t -> all.push_back(raw(t)));
          return torch.cat(all, axis);
        });
  }

  @Override
  public Tensor detach() {
    return new TorchTensor(engine, engine.call(value::detach), flat, Use.SHARED);
  }

  @Override
  public Tensor variable() {
    return make(
        () -> {
          org.bytedeco.pytorch.Tensor leaf = raw().detach();
          leaf.set_requires_grad(true);
          return leaf;
        });
  }

  @Override
  public void assign(Tensor from) {
    InPlace.assign(this, from);
  }

  @Override
  public void blend(double keep, Tensor with, double weight) {
    InPlace.blend(this, keep, with, weight);
  }

  @Override
  public double item() {
    return engine.call(() -> raw().item_double());
  }

  @Override
  public float[] toFloats() {
    return engine.call(() -> engine.transfer().floats(full()));
  }

  @Override
  public double[] toDoubles() {
    return engine.call(() -> engine.transfer().doubles(full()));
  }

  private static long[] longs(int[] axes) {
    return Arrays.stream(axes).asLongStream().toArray();
  }
}
