package dev.sparring.layer;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Gaussian noise: in training x + std n with n drawn from N(0, 1) for each element; no change in
 * evaluation. As the first layer of a discriminator it is instance noise (Sønderby et al.,
 * arXiv:1610.04490, section 3.2; Arjovsky and Bottou, arXiv:1701.04862, section 3), with a constant
 * strength.
 *
 * @param std standard deviation of the noise
 */
@Word("noise")
public record GaussianNoise(double std) implements Layer {
  /** Checks the deviation. */
  public GaussianNoise {
    Require.notNegative("std", std);
  }

  /** Noise of that standard deviation. */
  @Defaults
  public static GaussianNoise noise(double std) {
    return new GaussianNoise(std);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    if (!pass.training() || std == 0) {
      return x;
    }
    RandomStream random = pass.random();
    Tensor drawn = pass.engine().upload(() -> random.gaussians(x.shape().elements()), x.shape());
    return x.plus(drawn.times(std));
  }

  @Override
  public String summary() {
    return "noise " + std;
  }
}
