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
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolution with square kernels: (C, H, W) to (filters, H', W') with H' = (H - 1)
 * stride - 2 padding + kernel + outputPadding and weight (C, filters, kernel, kernel). With pad
 * same, H' = H * stride.
 *
 * @param filters output channels
 * @param kernel side of the kernel in pixels
 * @param stride distance in the output between neighbouring inputs, in pixels
 * @param padding rows and columns cropped from each side of the output, or null for the rule {@code
 *     pad}
 * @param pad the rule for cropping if {@code padding} is not given, or null for the convention's;
 *     {@code even}, this library's own, gives H' = H * stride if kernel - stride is even
 * @param outputPadding rows and columns added at the bottom and right of the output, fewer than the
 *     stride
 * @param bias whether a bias is added
 * @param init how the weight is drawn, or null for the network's setting
 * @param norm how the weight is normalized, or null for the network's setting
 * @param rate factor on the optimizer's learning rate for the layer's parameters, such as the 0.01
 *     of StyleGAN's mapping network; 0 keeps them as they begin. {@code equalized} has a multiplier
 *     that also changes how weights are drawn
 */
@Word("convTranspose")
public record ConvTranspose(
    int filters,
    int kernel,
    int stride,
    @Nullable Integer padding,
    @Nullable PadRule pad,
    int outputPadding,
    boolean bias,
    @Nullable Initializer init,
    @Nullable WeightNorm norm,
    double rate)
    implements LinearMap {
  /** Checks the settings. */
  public ConvTranspose {
    Require.atLeast("filters", filters, 1);
    Require.atLeast("kernel", kernel, 1);
    Require.atLeast("stride", stride, 1);
    Require.notNegative("rate", rate);
    if (padding != null) {
      Require.atLeast("padding", padding, 0);
    }
    Shapes.needOne(padding, pad);
    Require.atLeast("outputPadding", outputPadding, 0);
    if (outputPadding >= stride) {
      throw new IllegalArgumentException(
          "outputPadding must be < stride (" + stride + "), got " + outputPadding);
    }
  }

  /** Kernel 4, stride 2 (doubles the size), with a bias; the rest is the network's. */
  @Defaults
  public static ConvTranspose convTranspose(int filters) {
    return new ConvTranspose(filters, 4, 2, null, null, 0, true, null, null, 1);
  }

  /** The same with another kernel. */
  public ConvTranspose kernel(int kernel) {
    return Settings.with(this, "kernel", kernel);
  }

  /** The same with another stride. */
  public ConvTranspose stride(int stride) {
    return Settings.with(this, "stride", stride);
  }

  /** The same with a padding of its own. */
  public ConvTranspose padding(int padding) {
    return new ConvTranspose(
        filters, kernel, stride, padding, null, outputPadding, bias, init, norm, rate);
  }

  /** The same cropped by another rule. */
  public ConvTranspose pad(PadRule pad) {
    return new ConvTranspose(
        filters, kernel, stride, null, pad, outputPadding, bias, init, norm, rate);
  }

  /** The same with rows and columns added at the bottom and right. */
  public ConvTranspose outputPadding(int outputPadding) {
    return Settings.with(this, "outputPadding", outputPadding);
  }

  /** The same with or without a bias. */
  public ConvTranspose bias(boolean bias) {
    return Settings.with(this, "bias", bias);
  }

  /** The same with an initializer of its own. */
  public ConvTranspose init(Initializer init) {
    return Settings.with(this, "init", init);
  }

  /** The same with a normalization of its own. */
  public ConvTranspose norm(WeightNorm norm) {
    return Settings.with(this, "norm", norm);
  }

  /** The same learning at another rate. */
  public ConvTranspose rate(double rate) {
    return Settings.with(this, "rate", rate);
  }

  /**
   * How much is cropped; negative at the end where outputPadding adds rows that see no input and
   * hold only the bias.
   */
  public Border border() {
    if (padding != null) {
      return new Border(padding, padding - outputPadding);
    }
    return switch (padOrDefault()) {
      case EVEN -> {
        int each = Shapes.evenPadding(kernel, stride);
        yield new Border(each, each - outputPadding);
      }
      case VALID -> new Border(0, -outputPadding);
      // The adjoint of the convolution from H * stride to H.
      case SAME -> {
        int front = Math.max(0, kernel - stride) / 2;
        yield new Border(front, kernel - stride - front);
      }
    };
  }

  /** The rule for cropping if {@code padding} is not given. */
  public PadRule padOrDefault() {
    return pad != null ? pad : Conv.PAD;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    if (padding == null && padOrDefault() == PadRule.SAME && outputPadding > 0) {
      throw new IllegalArgumentException(
          "has outputPadding "
              + outputPadding
              + " with pad same, which makes sizes fit by itself; give padding a number, or leave"
              + " outputPadding out");
    }
    return Shapes.image(filters, side(input.dim(1)), side(input.dim(2)), input);
  }

  private int side(int n) {
    Border border = border();
    return Math.toIntExact((n - 1L) * stride - border.front() + kernel - border.back());
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    int in = input.dim(0);
    double taps = (double) kernel * kernel;
    List<Parameter> all = new ArrayList<>();
    all.add(
        Parameter.weight(
            Shape.of(in, filters, kernel, kernel),
            1,
            // Only every stride-th of an output's taps in each dimension meets an input.
            in * taps / ((double) stride * stride),
            filters * taps));
    if (bias) {
      all.add(Parameter.vector("bias", filters, Role.BIAS));
    }
    return all;
  }

  /** Every tap at every input, including products that the padding crops. */
  @Override
  public long multiplyAdds(Shape input) {
    return (long) input.elements() * filters * kernel * kernel;
  }

  @Override
  public LinearOperator operator(Shape input) {
    return new MapOperator(
        input,
        outputShape(input),
        (x, weight) -> map(x, weight, null),
        (y, weight) -> transposed(y, weight, input));
  }

  /** The transpose of {@link #map} without a bias. */
  Tensor transposed(Tensor y, Tensor weight, Shape input) {
    Border border = border();
    int cut = Math.max(0, border.back() - border.front());
    Tensor whole = Ends.after(Ends.after(y, 2, cut), 3, cut);
    Tensor result = whole.conv2d(weight, null, stride, border.front());
    return Ends.cut(Ends.cut(result, 2, input.dim(1)), 3, input.dim(2));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return map(x, pass.parameter("weight"), pass.parameterOrNull("bias"));
  }

  Tensor map(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Border border = border();
    int added = Math.max(0, border.front() - border.back());
    Tensor result = x.convTranspose2d(weight, bias, stride, border.front(), added);
    int cut = Math.max(0, border.back() - border.front());
    Shape whole = result.shape();
    return Ends.cut(Ends.cut(result, 2, whole.dim(2) - cut), 3, whole.dim(3) - cut);
  }

  @Override
  public String summary() {
    String size = Shapes.summary("convTranspose", filters, kernel, stride);
    return size + Shapes.summary(padding, padOrDefault(), border());
  }
}
