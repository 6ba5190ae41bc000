package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import java.util.OptionalDouble;

/** All elements are 0: this library's own default for biases. */
@Word("zeros")
public record Zeros() implements Initializer {
  /** All zero. */
  @Defaults
  public static Zeros zeros() {
    return new Zeros();
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    return new double[weight.shape().elements()];
  }

  @Override
  public OptionalDouble everywhere() {
    return OptionalDouble.of(0);
  }
}
