package dev.sparring.init;

import dev.sparring.random.RandomStream;

/** Draws zero-centred weights of a given standard deviation. */
final class Scaled {
  private Scaled() {}

  static double[] draw(
      Distribution distribution, double std, WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = distribution.draw(random, std);
    }
    return values;
  }
}
