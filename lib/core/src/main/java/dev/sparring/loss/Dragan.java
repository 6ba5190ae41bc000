package dev.sparring.loss;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The gradient penalty of DRAGAN (Kodali, Abernethy, Hays and Kira, arXiv:1705.07215, section 2.3):
 * weight times the mean of (|grad D(x)| - 1)^2 at points x near real samples.
 *
 * <p>As in common implementations, x = real + spread std u with the standard deviation of all
 * numbers of the batch and u uniform on [0, 1) for each number. Deviations: the paper's noise is
 * normal and centered; the authors' code takes a random point between the sample and x.
 *
 * <p>It takes one more training pass of the discriminator.
 *
 * @param weight lambda in the paper
 * @param spread largest distance of the points from real samples, in standard deviations of the
 *     batch
 */
@Word("dragan")
public record Dragan(double weight, double spread) implements DiscriminatorTerm {
  /** Checks the settings. */
  public Dragan {
    Require.positive("weight", weight);
    Require.positive("spread", spread);
  }

  /** Weight 10, half a standard deviation. */
  @Defaults
  public static Dragan dragan() {
    return new Dragan(10, 0.5);
  }

  /** The same with another weight. */
  public Dragan weight(double weight) {
    return new Dragan(weight, spread);
  }

  /** The same with another spread. */
  public Dragan spread(double spread) {
    return new Dragan(weight, spread);
  }

  @Override
  public Tensor value(Update update) {
    Tensor real = update.real();
    Tensor deviation = real.minus(real.mean()).square().mean().sqrt();
    RandomStream random = update.random();
    double[] u = new double[real.shape().elements()];
    for (int i = 0; i < u.length; i++) {
      u[i] = spread * random.uniform();
    }
    Tensor around = real.plus(update.engine().upload(u, real.shape()).times(deviation));
    return SampleGradients.awayFromOne(update, around).times(weight);
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }
}
