package dev.sparring.init;

import dev.sparring.random.RandomStream;
import java.util.OptionalDouble;

/**
 * How the first values of a parameter are drawn: in double precision, without an engine.
 *
 * <p>Each parameter has a random stream of its own, so that no two layers get equal weights.
 *
 * <p><b>Write your own.</b> For instance a decaying wave with some noise:
 *
 * <pre>{@code
 * record Sinc(double scale) implements Initializer {
 *   public double[] draw(WeightSpec weight, RandomStream random) {
 *     double[] values = new double[weight.shape().elements()];
 *     for (int i = 0; i < values.length; i++) {
 *       values[i] = scale * (Math.sin(i + 1) / (i + 1) + 0.1 * random.gaussian());
 *     }
 *     return values;
 *   }
 * }
 * }</pre>
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

  /**
   * The value of all elements if nothing is drawn, e.g. 0 for {@link Zeros}; empty, the default, if
   * elements differ. Recipes are warned of equal weights, and zeros are refused where a
   * normalization divides by a weight's length.
   */
  default OptionalDouble everywhere() {
    return OptionalDouble.empty();
  }

  /**
   * What draws a weight at a place of its network: this, by default. {@link Fixup} draws weights of
   * residual branches in other ways than others. A plan asks once for each weight.
   */
  default Initializer at(Position position) {
    return this;
  }

  /**
   * Refuses parameters that cannot be drawn so; nothing is refused by default. A plan asks for
   * each.
   *
   * @throws IllegalArgumentException that says what the layer has, what is needed, and what would
   *     be right
   */
  default void check(WeightSpec weight) {}
}
