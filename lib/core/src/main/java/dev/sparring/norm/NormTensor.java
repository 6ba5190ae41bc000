package dev.sparring.norm;

import dev.sparring.init.Constant;
import dev.sparring.init.Fans;
import dev.sparring.init.Initializer;
import dev.sparring.init.UnitVector;
import dev.sparring.init.WeightSpec;
import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Shape;

/**
 * A tensor that a normalization has beside each weight.
 *
 * @param name its name within the layer and in files, e.g. {@code weight_u}. Begin it with {@code
 *     weight_}: the layer's own parameters and states have names too
 * @param shape its shape
 * @param initializer its first values, from a random stream of its own; {@link WeightNorm#begin}
 *     may replace them once the weight is drawn
 */
public record NormTensor(String name, Shape shape, Initializer initializer) {
  /** A tensor with one value everywhere. */
  public static NormTensor constant(String name, Shape shape, double value) {
    return new NormTensor(name, shape, Constant.constant(value));
  }

  /** A vector of length 1 in a random direction. */
  public static NormTensor unitVector(String name, int size) {
    return new NormTensor(name, Shape.of(size), new UnitVector());
  }

  /** Its first values. */
  public double[] draw(RandomStream random) {
    return initializer.draw(spec(), random);
  }

  /** The specification for its initializer, without the gain of a layer. */
  public WeightSpec spec() {
    return new WeightSpec(shape, 0, new Fans(1, 1), 1);
  }
}
