package dev.sparring.loss;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/**
 * The least squares loss (Mao et al., arXiv:1611.04076, equation 9): D minimizes mean (D(x) - 1)^2
 * / 2 + mean D(G(z))^2 / 2, G minimizes mean (D(G(z)) - 1)^2 / 2.
 */
@Word("leastSquares")
public record LeastSquares() implements Loss {
  /** This loss; it has no settings. */
  @Defaults
  public static LeastSquares leastSquares() {
    return new LeastSquares();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.plus(-1).square().mean().plus(fake.square().mean()).times(0.5);
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.plus(-1).square().mean().times(0.5);
  }
}
