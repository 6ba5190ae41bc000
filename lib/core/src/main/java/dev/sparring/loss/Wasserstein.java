package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The Wasserstein loss (Arjovsky, Chintala and Bottou, arXiv:1701.07875, algorithm 1): D minimizes
 * mean D(G(z)) - mean D(x), G minimizes -mean D(G(z)). It estimates the Wasserstein distance only
 * if D is Lipschitz, which needs weight normalization, weight clipping or a gradient penalty.
 */
@Word("wasserstein")
public record Wasserstein() implements Loss {
  /** This loss; it has no settings. */
  @Defaults
  public static Wasserstein wasserstein() {
    return new Wasserstein();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return fake.mean().minus(real.mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.mean().neg();
  }

  @Override
  public boolean isBoundedBelow() {
    return false;
  }
}
