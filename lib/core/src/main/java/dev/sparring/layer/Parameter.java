package dev.sparring.layer;

import dev.sparring.init.Fans;
import dev.sparring.tensor.Shape;

/**
 * A parameter that a layer learns.
 *
 * @param name PyTorch's name within the layer, e.g. {@code weight}
 * @param shape its shape in PyTorch's layout
 * @param role its purpose, which decides its initializer
 * @param outputAxis the dimension of outputs; 0 for all but transposed convolutions
 * @param fans fan-in and fan-out of the layer's forward map
 */
public record Parameter(String name, Shape shape, Role role, int outputAxis, Fans fans) {
  static Parameter weight(Shape shape, int outputAxis, double fanIn, double fanOut) {
    return new Parameter("weight", shape, Role.WEIGHT, outputAxis, new Fans(fanIn, fanOut));
  }

  /** A vector for each class, (size, classes). */
  static Parameter table(String name, Shape shape, Role role) {
    return new Parameter(name, shape, role, 0, new Fans(1, 1));
  }

  /** A vector, one number for each output. */
  static Parameter vector(String name, int size, Role role) {
    return new Parameter(name, Shape.of(size), role, 0, new Fans(1, 1));
  }
}
