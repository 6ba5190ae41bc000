package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.LinearOperator;
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
 * @param groups number of parts of the channels: each part of the outputs sees one part of the
 *     inputs (ResNeXt: Xie et al., arXiv:1611.05431); a divisor of both. The weight is then
 *     (filters, C / groups, kernel, kernel), its fan-in C / groups * kernel^2
 * @param bias whether a bias is added
 * @param init how the weight is drawn, or null for the network's setting
 * @param norm how the weight is normalized, or null for the network's setting
 * @param rate factor on the optimizer's learning rate for the layer's parameters, such as the 0.01
 *     of StyleGAN's mapping network; 0 keeps them as they begin. {@code equalized} has a multiplier
 *     that also changes how weights are drawn
 */
@Word("conv")
public record Conv(
    int filters,
    int kernel,
    int stride,
    @Nullable Integer padding,
    @Nullable PadRule pad,
    int groups,
    boolean bias,
    @Nullable Initializer init,
    @Nullable WeightNorm norm,
    double rate)
    implements LinearMap {
  /** Used where neither recipe nor convention sets it. */
  public static final PadRule PAD = PadRule.EVEN;

  /** Checks the settings. */
  public Conv {
    Require.atLeast("filters", filters, 1);
    Require.atLeast("kernel", kernel, 1);
    Require.atLeast("stride", stride, 1);
    Require.atLeast("groups", groups, 1);
    Require.notNegative("rate", rate);
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the number of filters, " + filters + ", got " + groups);
    }
    if (padding != null) {
      Require.atLeast("padding", padding, 0);
    }
    Shapes.needOne(padding, pad);
  }

  /** Kernel 3, stride 1, with a bias; initializer and normalization are the network's. */
  @Defaults
  public static Conv conv(int filters) {
    return new Conv(filters, 3, 1, null, null, 1, true, null, null, 1);
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
    return new Conv(filters, kernel, stride, padding, null, groups, bias, init, norm, rate);
  }

  /** The same with zeros by another rule. */
  public Conv pad(PadRule pad) {
    return new Conv(filters, kernel, stride, null, pad, groups, bias, init, norm, rate);
  }

  /** The same in groups. */
  public Conv groups(int groups) {
    return Settings.with(this, "groups", groups);
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

  /** The same learning at another rate. */
  public Conv rate(double rate) {
    return Settings.with(this, "rate", rate);
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
    if (groups > 1) {
      Shapes.needDivisor("groups", groups, input);
    }
    return Shapes.image(filters, side(input.dim(1)), side(input.dim(2)), input);
  }

  private int side(int n) {
    Border border = border(n);
    long padded = (long) n + border.front() + border.back();
    return Math.toIntExact(Math.floorDiv(padded - kernel, stride) + 1);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    int in = input.dim(0) / groups;
    int out = filters / groups;
    double taps = (double) kernel * kernel;
    List<Parameter> all = new ArrayList<>();
    // The strided fan-out would be filters * taps / stride^2; the papers leave the stride out.
    all.add(Parameter.weight(Shape.of(filters, in, kernel, kernel), 0, in * taps, out * taps));
    if (bias) {
      all.add(Parameter.vector("bias", filters, Role.BIAS));
    }
    return all;
  }

  /** Every tap at every output, including those that fall on the zeros of the padding. */
  @Override
  public long multiplyAdds(Shape input) {
    return (long) outputShape(input).elements() * (input.dim(0) / groups) * kernel * kernel;
  }

  @Override
  public LinearOperator operator(Shape input) {
    return new MapOperator(
        input,
        outputShape(input),
        (x, weight) -> map(x, weight, null),
        (y, weight) -> transposed(y, weight, input));
  }

  /** A pixel is in that many windows along each side: the map is a matrix of as many copies. */
  @Override
  public OptionalDouble stretch(Shape input) {
    int windows = (kernel + stride - 1) / stride;
    return OptionalDouble.of(windows);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return map(x, pass.parameter("weight"), pass.parameterOrNull("bias"));
  }

  Tensor map(Tensor x, Tensor weight, @Nullable Tensor bias) {
    int height = x.shape().dim(2);
    int width = x.shape().dim(3);
    int most = most(height, width);
    Tensor result = x.conv2d(taps(weight, height, width, most), bias, stride, most, groups);
    return Ends.cut(Ends.cut(result, 2, side(height)), 3, side(width));
  }

  /** The transpose of {@link #map} without a bias. */
  Tensor transposed(Tensor y, Tensor weight, Shape input) {
    int height = input.dim(1);
    int width = input.dim(2);
    int most = most(height, width);
    Tensor taps = taps(weight, height, width, most);
    Tensor all = y;
    int[] sides = {height, width};
    int[] added = new int[2];
    for (int i = 0; i < 2; i++) {
      // What map has cut off, and what its steps have not reached.
      int reach = sides[i] + 2 * most - taps.shape().dim(2 + i);
      all = Ends.after(all, 2 + i, reach / stride + 1 - y.shape().dim(2 + i));
      added[i] = reach % stride;
    }
    int more = Math.max(added[0], added[1]);
    Tensor result = all.convTranspose2d(taps, stride, most, more, groups);
    return Ends.cut(Ends.cut(result, 2, height), 3, width);
  }

  private int most(int height, int width) {
    Border rows = border(height);
    Border columns = border(width);
    return Math.max(Math.max(rows.front(), rows.back()), Math.max(columns.front(), columns.back()));
  }

  /**
   * Engines pad all sides equally. Prepending zero taps shifts the window, so the surplus padding
   * has no effect.
   */
  private Tensor taps(Tensor weight, int height, int width, int most) {
    Tensor taps = Ends.before(weight, 2, most - border(height).front());
    return Ends.before(taps, 3, most - border(width).front());
  }

  @Override
  public String summary() {
    String size = Shapes.summary("conv", filters, kernel, stride);
    return size
        + Shapes.summary(padding, padOrDefault(), border(1))
        + (groups == 1 ? "" : " groups " + groups);
  }
}
