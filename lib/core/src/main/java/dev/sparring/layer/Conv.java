package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Require;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation with square kernels: (C, H, W) to (filters, H', W') with H' = floor((H + 2
 * padding - kernel) / stride) + 1 and weight (filters, C, kernel, kernel).
 *
 * @param filters output channels
 * @param kernel side of the kernel
 * @param stride step between positions
 * @param padding zeros on each side, or null for (kernel - stride + 1) / 2 rounded down, which
 *     gives H' = H / stride where the kernel is odd or the stride even
 * @param bias whether a bias is added
 * @param init how the weight is drawn, or null for the network's way
 * @param norm how the weight is normalized, or null for the network's way
 */
@Word("conv")
public record Conv(
    int filters,
    int kernel,
    int stride,
    @Nullable Integer padding,
    boolean bias,
    @Nullable Initializer init,
    @Nullable WeightNorm norm)
    implements Weighted {
  /** Checks the settings. */
  public Conv {
    Require.atLeast("filters", filters, 1);
    Require.atLeast("kernel", kernel, 1);
    Require.atLeast("stride", stride, 1);
    if (padding != null) {
      Require.atLeast("padding", padding, 0);
    }
  }

  /** Kernel 3, stride 1, with a bias; initializer and normalization are the network's. */
  @Defaults
  public static Conv conv(int filters) {
    return new Conv(filters, 3, 1, null, true, null, null);
  }

  /** The same with another kernel. */
  public Conv kernel(int kernel) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The same with another stride. */
  public Conv stride(int stride) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The same with a padding of its own. */
  public Conv padding(int padding) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The same with or without a bias. */
  public Conv bias(boolean bias) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The same with an initializer of its own. */
  public Conv init(Initializer init) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The same with a normalization of its own. */
  public Conv norm(WeightNorm norm) {
    return new Conv(filters, kernel, stride, padding, bias, init, norm);
  }

  /** The zeros on each side, worked out where the recipe does not say. */
  public int effectivePadding() {
    return Shapes.padding(padding, kernel, stride);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    return Shapes.image(filters, side(input.dim(1)), side(input.dim(2)), input);
  }

  private int side(int n) {
    return Math.floorDiv(n + 2 * effectivePadding() - kernel, stride) + 1;
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

  /** Every tap at every output, those that fall on zeros of the padding included. */
  @Override
  public long multiplyAdds(Shape input) {
    return (long) outputShape(input).elements() * input.dim(0) * kernel * kernel;
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    return x.conv2d(
        pass.parameter("weight"), pass.parameterOrNull("bias"), stride, effectivePadding());
  }

  @Override
  public String summary() {
    return Shapes.summary("conv", filters, kernel, stride, effectivePadding());
  }
}
