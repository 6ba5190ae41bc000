package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The non-saturating loss (Goodfellow et al., arXiv:1406.2661, section 3) on logits: D minimizes
 * mean softplus(-D(x)) + mean softplus(D(G(z))), G minimizes mean softplus(-D(G(z))).
 *
 * <p>With one-sided label smoothing (Salimans et al., arXiv:1606.03498, section 3.4) D's target for
 * real samples is t instead of 1, and its first part is t softplus(-D(x)) + (1 - t) softplus(D(x)).
 * G's loss stays as it is.
 *
 * @param realTarget t, D's target probability for real samples, in (0, 1]; 1 for no smoothing, 0.9
 *     in the paper
 */
@Word("nonSaturating")
public record NonSaturating(double realTarget) implements Loss {
  /** Checks the target. */
  public NonSaturating {
    Require.shareAboveZero("realTarget", realTarget);
  }

  /** Without smoothing. */
  @Defaults
  public static NonSaturating nonSaturating() {
    return new NonSaturating(1);
  }

  /** The same with another target for real samples. */
  public NonSaturating realTarget(double realTarget) {
    return new NonSaturating(realTarget);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real(real, realTarget).plus(fake.softplus().mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.neg().softplus().mean();
  }

  /** The cross entropy of the target and the scores' sigmoids. */
  static Tensor real(Tensor scores, double target) {
    Tensor yes = scores.neg().softplus().mean();
    return target == 1 ? yes : yes.times(target).plus(scores.softplus().mean().times(1 - target));
  }
}
