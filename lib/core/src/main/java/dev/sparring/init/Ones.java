package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import java.util.Arrays;
import java.util.OptionalDouble;

/** All elements are 1: the default start of a normalization's scale. */
@Word("ones")
public record Ones() implements Initializer {
  /** All one. */
  @Defaults
  public static Ones ones() {
    return new Ones();
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    Arrays.fill(values, 1);
    return values;
  }

  @Override
  public OptionalDouble everywhere() {
    return OptionalDouble.of(1);
  }
}
