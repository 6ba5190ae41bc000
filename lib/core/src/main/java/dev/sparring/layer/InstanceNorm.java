package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Instance normalization (Ulyanov, Vedaldi and Lempitsky, arXiv:1607.08022, equation 2): for each
 * channel of each sample (x - mean) / sqrt(variance + eps), with the biased variance over the
 * channel's positions. The same in training and evaluation, as {@code torch.nn.InstanceNorm2d}
 * without running statistics. The norm of CycleGAN's networks.
 *
 * @param eps added to the variance; 1e-5 in PyTorch, 1e-6 in tf.contrib, 1e-3 in Keras; null for
 *     the convention's
 * @param affine whether each channel has a scale and a shift that are learnt
 * @param init how the scale is drawn, or null for ones
 */
@Word("instanceNorm")
public record InstanceNorm(@Nullable Double eps, boolean affine, @Nullable Initializer init)
    implements Normalizing {
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-5;

  /** Checks the settings. */
  public InstanceNorm {
    Require.positive("eps", eps);
  }

  /** Not affine, as PyTorch's; eps is the convention's: 1e-5 in this library's own. */
  @Defaults
  public static InstanceNorm instanceNorm() {
    return new InstanceNorm(null, false, null);
  }

  /** The same with another eps. */
  public InstanceNorm eps(double eps) {
    return new InstanceNorm(eps, affine, init);
  }

  /** The same with or without scale and shift. */
  public InstanceNorm affine(boolean affine) {
    return new InstanceNorm(eps, affine, init);
  }

  /** The same with an initializer of its scale. */
  public InstanceNorm init(Initializer init) {
    return new InstanceNorm(eps, affine, init);
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  @Override
  public Shape outputShape(Shape input) {
    int positions = input.elements() / input.dim(0);
    Statistics.needSeveral(positions, "each channel", input, "layerNorm takes all channels");
    return input;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor y = Statistics.standardized(x, epsOrDefault(), Statistics.axesFrom(2, x));
    return Statistics.scaled(y, pass);
  }
}
