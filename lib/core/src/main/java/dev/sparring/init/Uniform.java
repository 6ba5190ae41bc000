package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * Uniform between two bounds.
 *
 * @param low the lower bound
 * @param high the upper bound, above the lower
 */
@Word("uniform")
public record Uniform(double low, double high) implements Initializer {
  /** Checks the bounds. */
  public Uniform {
    Require.finite("low", low);
    Require.finite("high", high);
    if (!(low < high)) {
      throw new IllegalArgumentException("low must be < high, got " + low + " and " + high);
    }
  }

  /** Uniform on [low, high). */
  @Defaults
  public static Uniform uniform(double low, double high) {
    return new Uniform(low, high);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(low, high);
    }
    return values;
  }
}
