package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The non-saturating loss on probabilities, of a discriminator that ends in a sigmoid, as in the
 * code of pix2pix in TensorFlow (github.com/affinelayer/pix2pix-tensorflow, pix2pix.py): D
 * minimizes mean -(log(D(x) + eps) + log(1 - D(G(z)) + eps)), G minimizes mean -log(D(G(z)) + eps).
 *
 * <p>Where D is confident and wrong, gradients vanish with the sigmoid's; {@link NonSaturating} on
 * logits has no such problem. In single precision 1 - p is 0 for logits of 18 and more.
 *
 * @param eps added to probabilities to keep the logarithm finite
 */
@Word("logProbability")
public record LogProbability(double eps) implements Loss {
  /** Checks the setting. */
  public LogProbability {
    Require.positive("eps", eps);
  }

  /** That code's eps, 1e-12. */
  @Defaults
  public static LogProbability logProbability() {
    return new LogProbability(1e-12);
  }

  /** With this eps. */
  public static LogProbability logProbability(double eps) {
    return new LogProbability(eps);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return log(real).plus(log(fake.neg().plus(1))).neg();
  }

  @Override
  public Tensor generator(Tensor fake) {
    return log(fake).neg();
  }

  @Override
  public boolean wantsProbabilities() {
    return true;
  }

  private Tensor log(Tensor p) {
    return p.plus(eps).log().mean();
  }
}
