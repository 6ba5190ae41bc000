package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Pixelwise feature vector normalization (Karras et al., arXiv:1710.10196, section 4.2): a / sqrt(
 * mean over channels of a^2 + eps) at each position, so that its feature vector has a mean square
 * of 1. Nothing is learnt. Features (F) are treated as one vector.
 *
 * @param eps added to the mean square; 1e-8 in the paper
 */
@Word("pixelNorm")
public record PixelNorm(double eps) implements Layer {
  /** Checks eps. */
  public PixelNorm {
    Require.positive("eps", eps);
  }

  /** The paper's eps of 1e-8. */
  @Defaults
  public static PixelNorm pixelNorm() {
    return new PixelNorm(1e-8);
  }

  /** The same with another eps. */
  public PixelNorm eps(double eps) {
    return new PixelNorm(eps);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor meanSquare = x.square().sum(1).times(1.0 / x.shape().dim(1));
    return x.div(meanSquare.plus(eps).sqrt());
  }
}
