package dev.sparring.init;

import dev.sparring.random.RandomStream;

/**
 * A random direction: independent Gaussian numbers, divided by the root of the sum of their
 * squares. For states of normalizations; recipes have no word for it.
 */
public record UnitVector() implements Initializer {
  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = random.gaussian();
      squares += values[i] * values[i];
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= norm;
    }
    return values;
  }
}
