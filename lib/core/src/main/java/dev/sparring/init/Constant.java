package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The same value for all elements.
 *
 * @param value the value
 */
@Word("constant")
public record Constant(double value) implements Initializer {
  /** Checks the value. */
  public Constant {
    Require.finite("value", value);
  }

  /** One value everywhere. */
  @Defaults
  public static Constant constant(double value) {
    return new Constant(value);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public OptionalDouble everywhere() {
    return OptionalDouble.of(value);
  }
}
