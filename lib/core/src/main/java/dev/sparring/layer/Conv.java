package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation with square kernels: (C, H, W) to (filters, H', W') with H' = floor((H + 2
 * padding - kernel) / stride) + 1 and weight (filters, C, kernel, kernel). With pad same, H' = H /
 * stride rounded up.
 *
 * @param filters output channels
 * @param kernel side of the kernel in pixels
 * @param stride step between positions in pixels
 * @param padding rows and columns of zeros on each side, or null for the rule {@code pad}
 * @param pad the rule for the zeros if {@code padding} is not given, or null for the convention's;
 *     {@code even}, this library's own, gives H' = H / stride if the kernel is odd or the stride
 *     even
 * @param bias whether a bias is added
 * @param init how the weight is drawn, or null for the network's setting
 * @param norm how the weight is normalized, or null for the network's setting
 */
@Word("conv")
public record Conv(
    int filters,
    int kernel,
    int stride,
    @Nullable Integer padding,
    @Nullable PadRule pad,
    boolean bias,
    @Nullable Initializer init,
    @Nullable WeightNorm norm)
    implements LinearMap {
  /** Used where neither recipe nor convention sets it. */
  public static final PadRule PAD = PadRule.EVEN;

  /** Checks the settings. */
  public Conv {
    Require.atLeast("filters", filters, 1);
    Require.atLeast("kernel", kernel, 1);
    Require.atLeast("stride", stride, 1);
    if (padding != null) {
      Require.atLeast("padding", padding, 0);
    }
    Shapes.needOne(padding, pad);
  }

  /** Kernel 3, stride 1, with a bias; initializer and normalization are the network's. */
  @Defaults
  public static Conv conv(int filters) {
    return new Conv(filters, 3, 1, null, null, true, null, null);
  }

  /** The same with another kernel. */
  public Conv kernel(int kernel) {
    return Settings.with(this, "kernel", kernel);
  }

  /** The same with another stride. */
  public Conv stride(int stride) {
    return Settings.with(this, "stride", stride);
  }

  /** The same with a padding of its own. */
  public Conv padding(int padding) {
    return new Conv(filters, kernel, stride, padding, null, bias, init, norm);
  }

  /** The same with zeros by another rule. */
  public Conv pad(PadRule pad) {
    return new Conv(filters, kernel, stride, null, pad, bias, init, norm);
  }

  /** The same with or without a bias. */
  public Conv bias(boolean bias) {
    return Settings.with(this, "bias", bias);
  }

  /** The same with an initializer of its own. */
  public Conv init(Initializer init) {
    return Settings.with(this, "init", init);
  }

  /** The same with a normalization of its own. */
  public Conv norm(WeightNorm norm) {
    return Settings.with(this, "norm", norm);
  }

  /** The zeros before and after rows or columns of that extent. */
  public Border border(int side) {
    if (padding != null) {
      return Border.even(padding);
    }
    return switch (padOrDefault()) {
      case EVEN -> Border.even(Shapes.evenPadding(kernel, stride));
      case VALID -> Border.even(0);
      case SAME -> {
        long outputs = (side + stride - 1L) / stride;
        yield Border.halved(Math.toIntExact(Math.max(0, (outputs - 1) * stride + kernel - side)));
      }
    };
  }

  /** The rule for the zeros if {@code padding} is not given. */
  public PadRule padOrDefault() {
    return pad != null ? pad : PAD;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    return Shapes.image(filters, side(input.dim(1)), side(input.dim(2)), input);
  }

  private int side(int n) {
    Border border = border(n);
    long padded = (long) n + border.front() + border.back();
    return Math.toIntExact(Math.floorDiv(padded - kernel, stride) + 1);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    int in = input.dim(0);
    double taps = (double) kernel * kernel;
    List<Parameter> all = new ArrayList<>();
    // The strided fan-out would be filters * taps / stride^2; the papers leave the stride out.
    all.add(Parameter.weight(Shape.of(filters, in, kernel, kernel), 0, in * taps, filters * taps));
    if (bias) {
      all.add(Parameter.vector("bias", filters, Role.BIAS));
    }
    return all;
  }

  /** Every tap at every output, including those that fall on the zeros of the padding. */
  @Override
  public long multiplyAdds(Shape input) {
    return (long) outputShape(input).elements() * input.dim(0) * kernel * kernel;
  }

  /** A pixel is in that many windows along each side: the map is a matrix of as many copies. */
  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of((kernel + stride - 1) / stride);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor weight = pass.parameter("weight");
    Tensor bias = pass.parameterOrNull("bias");
    Border rows = border(x.shape().dim(2));
    Border columns = border(x.shape().dim(3));
    int most =
        Math.max(Math.max(rows.front(), rows.back()), Math.max(columns.front(), columns.back()));
    // Engines pad all sides equally. Prepending zero taps shifts the window, so the surplus padding
    // has no effect.
    Tensor taps = before(weight, 2, most - rows.front(), pass);
    taps = before(taps, 3, most - columns.front(), pass);
    Tensor result = x.conv2d(taps, bias, stride, most);
    return first(first(result, 2, side(x.shape().dim(2))), 3, side(x.shape().dim(3)));
  }

  private static Tensor before(Tensor weight, int axis, int zeros, LayerContext pass) {
    if (zeros == 0) {
      return weight;
    }
    List<Integer> shape = new ArrayList<>(weight.shape().dims());
    shape.set(axis, zeros);
    return pass.engine().full(0, new Shape(shape)).concat(List.of(weight), axis);
  }

  private static Tensor first(Tensor x, int axis, int length) {
    return x.shape().dim(axis) == length ? x : x.slice(axis, 0, length);
  }

  @Override
  public String summary() {
    String size = Shapes.summary("conv", filters, kernel, stride);
    return size + Shapes.summary(padding, padOrDefault(), border(1));
  }
}
