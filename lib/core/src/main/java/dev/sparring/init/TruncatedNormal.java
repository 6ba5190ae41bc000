package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * A Gaussian distribution; values further than two standard deviations from the mean are drawn
 * again, as in TensorFlow's truncated_normal. {@code std} is that of the Gaussian before the cut:
 * the values' own standard deviation is 0.87962566 times it.
 *
 * @param mean the mean
 * @param std the standard deviation before the cut
 */
@Word("truncatedNormal")
public record TruncatedNormal(double mean, double std) implements Initializer {
  private static final double CUT = 2;

  /** Checks the moments. */
  public TruncatedNormal {
    Require.finite("mean", mean);
    Require.positive("std", std);
  }

  /** Mean 0, standard deviation 0.02. */
  @Defaults
  public static TruncatedNormal truncatedNormal() {
    return new TruncatedNormal(0, 0.02);
  }

  /** Gaussian with these moments before the cut. */
  public static TruncatedNormal truncatedNormal(double mean, double std) {
    return new TruncatedNormal(mean, std);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      double g = random.gaussian();
      while (Math.abs(g) > CUT) {
        g = random.gaussian();
      }
      values[i] = mean + std * g;
    }
    return values;
  }
}
