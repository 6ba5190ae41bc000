package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization (Ba, Kiros and Hinton, arXiv:1607.06450, equation 4): each sample less the
 * mean of all of its numbers, over sqrt(variance + eps), with the biased variance. What WGAN-GP
 * (arXiv:1704.00028) has in place of batch normalization in its critic, where no sample may depend
 * on its neighbours.
 *
 * <p>Scale and shift are one number each for a channel, as in WGAN-GP's code; {@code
 * torch.nn.LayerNorm} over (C, H, W) has C * H * W of each. For features (F) there is no
 * difference, and with images this is {@code torch.nn.GroupNorm} of one group.
 *
 * @param eps added to the variance; 1e-5 in PyTorch and in WGAN-GP's code, 1e-3 in Keras, 1e-12 in
 *     tf.contrib; null for the convention's
 * @param affine whether each channel has a scale and a shift that are learnt
 * @param init how the scale is drawn, or null for ones
 */
@Word("layerNorm")
public record LayerNorm(@Nullable Double eps, boolean affine, @Nullable Initializer init)
    implements Normalizing {
  /** Used where neither the recipe nor its conventions say; as in PyTorch. */
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

  /** What is added to the variance; this library's own where neither recipe nor convention says. */
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
