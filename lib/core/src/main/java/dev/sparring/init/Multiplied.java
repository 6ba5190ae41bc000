package dev.sparring.init;

import dev.sparring.random.RandomStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What another initializer draws, times a factor. Other initializers come to it; recipes have no
 * word for it.
 *
 * @param factor the factor
 * @param base draws
 */
public record Multiplied(double factor, Initializer base) implements Initializer {
  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] drawn = base.draw(weight, random);
    return Arrays.stream(drawn).map(v -> factor * v).toArray();
  }

  @Override
  public OptionalDouble everywhere() {
    OptionalDouble value = base.everywhere();
    return value.isPresent() ? OptionalDouble.of(factor * value.getAsDouble()) : value;
  }

  @Override
  public void check(WeightSpec weight) {
    base.check(weight);
  }
}
