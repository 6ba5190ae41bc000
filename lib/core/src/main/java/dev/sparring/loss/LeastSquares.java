package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The least squares loss (Mao et al., arXiv:1611.04076, equations 2 and 9): D minimizes mean (D(x)
 * - b)^2 / 2 + mean (D(G(z)) - a)^2 / 2, G minimizes mean (D(G(z)) - c)^2 / 2.
 *
 * @param realTarget b, D's target for real samples; below 1 for one-sided label smoothing
 * @param fakeTarget a, D's target for generated samples
 * @param generatorTarget c, G's target for D's scores of generated samples
 */
@Word("leastSquares")
public record LeastSquares(double realTarget, double fakeTarget, double generatorTarget)
    implements Loss {
  /** Checks the targets. */
  public LeastSquares {
    Require.finite("realTarget", realTarget);
    Require.finite("fakeTarget", fakeTarget);
    Require.finite("generatorTarget", generatorTarget);
  }

  /** The targets of equation 9: 1, 0 and 1. */
  @Defaults
  public static LeastSquares leastSquares() {
    return new LeastSquares(1, 0, 1);
  }

  /** The same with another target for real samples. */
  public LeastSquares realTarget(double realTarget) {
    return new LeastSquares(realTarget, fakeTarget, generatorTarget);
  }

  /** The same with another target for generated samples. */
  public LeastSquares fakeTarget(double fakeTarget) {
    return new LeastSquares(realTarget, fakeTarget, generatorTarget);
  }

  /** The same with another target of the generator. */
  public LeastSquares generatorTarget(double generatorTarget) {
    return new LeastSquares(realTarget, fakeTarget, generatorTarget);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return from(real, realTarget).plus(from(fake, fakeTarget)).times(0.5);
  }

  @Override
  public Tensor generator(Tensor fake) {
    return from(fake, generatorTarget).times(0.5);
  }

  private static Tensor from(Tensor scores, double target) {
    return (target == 0 ? scores : scores.plus(-target)).square().mean();
  }
}
