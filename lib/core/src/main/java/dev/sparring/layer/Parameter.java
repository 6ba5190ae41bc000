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
  /**
   * The weight of a linear map, named {@code weight}: drawn by the initializer of its layer or
   * network, and normalized where the recipe says so.
   *
   * @param shape in PyTorch's layout, e.g. (outputs, inputs)
   * @param outputAxis the dimension that counts outputs: 0, or 1 for transposed convolutions
   * @param fanIn how many terms make one output
   * @param fanOut how many terms make the gradient of one input
   */
  public static Parameter weight(Shape shape, int outputAxis, double fanIn, double fanOut) {
    return new Parameter("weight", shape, Role.WEIGHT, outputAxis, new Fans(fanIn, fanOut));
  }

  /** A vector for each class, (size, classes). */
  public static Parameter table(String name, Shape shape, Role role) {
    return new Parameter(name, shape, role, 0, new Fans(1, 1));
  }

  /** A vector, one number for each output: a bias, a scale or a shift. */
  public static Parameter vector(String name, int size, Role role) {
    return new Parameter(name, Shape.of(size), role, 0, new Fans(1, 1));
  }
}
