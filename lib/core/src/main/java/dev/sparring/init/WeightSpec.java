package dev.sparring.init;

import dev.sparring.tensor.Shape;

/**
 * What an initializer has to know of the weight that it draws.
 *
 * @param shape the weight's shape in PyTorch's layout
 * @param outputAxis the dimension that counts outputs: 0, or 1 for transposed convolutions
 * @param fans counts of the layer's forward map
 * @param gain what the activation behind the layer makes up for: sqrt(2) before a ReLU
 */
public record WeightSpec(Shape shape, int outputAxis, Fans fans, double gain) {
  /** The same weight with other counts and rows, as a {@link FanRule} sees it. */
  public WeightSpec under(FanRule rule) {
    return new WeightSpec(shape, rule.outputAxis(this), rule.fans(this), gain);
  }
}
