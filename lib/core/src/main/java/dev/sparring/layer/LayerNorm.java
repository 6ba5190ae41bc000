package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization (Ba, Kiros and Hinton, arXiv:1607.06450, equation 4): for each sample (x -
 * mean) / sqrt(variance + eps), with mean and biased variance over all numbers of the sample.
 * WGAN-GP (arXiv:1704.00028) uses it instead of batch normalization in its critic, where samples
 * must not depend on each other.
 *
 * <p>Each channel has one scale and one shift, as in WGAN-GP's code; {@code torch.nn.LayerNorm}
 * over (C, H, W) has C * H * W of each. For features (F) there is no difference, and with images
 * this is {@code torch.nn.GroupNorm} of one group.
 *
 * @param eps added to the variance; 1e-5 in PyTorch and in WGAN-GP's code, 1e-3 in Keras, 1e-12 in
 *     tf.contrib; null for the convention's
 * @param affine whether each channel has a scale and a shift that are learnt
 * @param init how the scale is drawn, or null for ones
 */
@Word("layerNorm")
public record LayerNorm(@Nullable Double eps, boolean affine, @Nullable Initializer init)
    implements Normalizing {
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-5;

  /** Checks the settings. */
  public LayerNorm {
    Require.positive("eps", eps);
  }

  /** Affine; eps is the convention's: 1e-5 in this library's own. */
  @Defaults
  public static LayerNorm layerNorm() {
    return new LayerNorm(null, true, null);
  }

  /** The same with another eps. */
  public LayerNorm eps(double eps) {
    return new LayerNorm(eps, affine, init);
  }

  /** The same with or without scale and shift. */
  public LayerNorm affine(boolean affine) {
    return new LayerNorm(eps, affine, init);
  }

  /** The same with an initializer of its scale. */
  public LayerNorm init(Initializer init) {
    return new LayerNorm(eps, affine, init);
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  @Override
  public Shape outputShape(Shape input) {
    Statistics.needSeveral(input.elements(), "a sample", input, null);
    return input;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor y = Statistics.standardized(x, epsOrDefault(), Statistics.axesFrom(1, x));
    return Statistics.scaled(y, pass);
  }
}
