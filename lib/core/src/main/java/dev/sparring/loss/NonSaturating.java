package dev.sparring.loss;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/**
 * The non-saturating loss (Goodfellow et al., arXiv:1406.2661, section 3) on logits: D minimizes
 * mean softplus(-D(x)) + mean softplus(D(G(z))), G minimizes mean softplus(-D(G(z))).
 */
@Word("nonSaturating")
public record NonSaturating() implements Loss {
  /** This loss; it has no settings. */
  @Defaults
  public static NonSaturating nonSaturating() {
    return new NonSaturating();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.neg().softplus().mean().plus(fake.softplus().mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.neg().softplus().mean();
  }
}
