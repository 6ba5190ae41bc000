package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The minimax game (Goodfellow et al., arXiv:1406.2661, equation 1) on logits: D as in the
 * non-saturating loss, G minimizes mean log(1 - sigmoid(D(G(z)))) = -mean softplus(D(G(z))), whose
 * gradient vanishes where D is confident.
 *
 * @param realTarget D's target probability for real samples, in (0, 1], as in {@link NonSaturating}
 */
@Word("minimax")
public record Minimax(double realTarget) implements Loss {
  /** Checks the target. */
  public Minimax {
    Require.shareAboveZero("realTarget", realTarget);
  }

  /** Without smoothing. */
  @Defaults
  public static Minimax minimax() {
    return new Minimax(1);
  }

  /** The same with another target for real samples. */
  public Minimax realTarget(double realTarget) {
    return new Minimax(realTarget);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return NonSaturating.real(real, realTarget).plus(fake.softplus().mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.softplus().mean().neg();
  }
}
