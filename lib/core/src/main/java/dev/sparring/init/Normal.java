package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * A Gaussian distribution. The default N(0, 0.02), with the standard deviation as second number, is
 * that of DCGAN (Radford, Metz and Chintala, arXiv:1511.06434, section 4).
 *
 * @param mean the mean
 * @param std the standard deviation
 */
@Word("normal")
public record Normal(double mean, double std) implements Initializer {
  /** Checks the moments. */
  public Normal {
    Require.finite("mean", mean);
    Require.positive("std", std);
  }

  /** N(0, 0.02). */
  @Defaults
  public static Normal normal() {
    return new Normal(0, 0.02);
  }

  /** Gaussian with these moments. */
  public static Normal normal(double mean, double std) {
    return new Normal(mean, std);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + std * random.gaussian();
    }
    return values;
  }
}
