package dev.sparring.init;

import dev.sparring.random.RandomStream;

/**
 * How the first values of a parameter are drawn: in double precision, without an engine.
 *
 * <p>Each parameter has a random stream of its own, so that no two layers get equal weights.
 */
public interface Initializer {
  /**
   * Draws a parameter.
   *
   * @param weight shape, counts and gain
   * @param random the parameter's own stream
   * @return the values in row-major order of {@code weight.shape()}
   */
  double[] draw(WeightSpec weight, RandomStream random);
}
