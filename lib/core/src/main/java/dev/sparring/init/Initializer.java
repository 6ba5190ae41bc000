package dev.sparring.init;

import dev.sparring.random.RandomStream;

/**
 * How the first values of a parameter are drawn: in core, in double precision, on no engine.
 *
 * <p>Two layers never get equal weights, since each parameter has a stream of its own.
 */
public sealed interface Initializer
    permits Zeros,
        Ones,
        Constant,
        Normal,
        TruncatedNormal,
        Uniform,
        He,
        Xavier,
        LeCun,
        Orthogonal,
        UnitVector {
  /**
   * Draws a parameter.
   *
   * @param weight shape, counts and gain
   * @param random the parameter's own stream
   * @return the values in row-major order of {@code weight.shape()}
   */
  double[] draw(WeightSpec weight, RandomStream random);
}
