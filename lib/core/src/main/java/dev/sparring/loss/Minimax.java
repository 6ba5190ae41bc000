package dev.sparring.loss;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/**
 * The minimax game (Goodfellow et al., arXiv:1406.2661, equation 1) on logits: D as in the
 * non-saturating loss, G minimizes mean log(1 - sigmoid(D(G(z)))) = -mean softplus(D(G(z))), whose
 * gradient vanishes where D is sure.
 */
@Word("minimax")
public record Minimax() implements Loss {
  /** This loss; it has no settings. */
  @Defaults
  public static Minimax minimax() {
    return new Minimax();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.neg().softplus().mean().plus(fake.softplus().mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.softplus().mean().neg();
  }
}
