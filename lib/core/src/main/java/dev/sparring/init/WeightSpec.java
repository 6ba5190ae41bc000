package dev.sparring.init;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What an initializer needs to know about a weight.
 *
 * @param shape the weight's shape in PyTorch's layout
 * @param outputAxis the dimension that counts outputs: 0, or 1 for transposed convolutions
 * @param fans fan-in and fan-out of the layer's forward map
 * @param gain the gain of the activation after the layer, e.g. sqrt(2) for ReLU
 */
public record WeightSpec(Shape shape, int outputAxis, Fans fans, double gain) {
  /** A recipe's gain, or for null that of the following activation. */
  public double gainOr(@Nullable Double own) {
    return own == null ? gain : own;
  }

  /** The same weight with fans and rows as counted by a {@link FanRule}. */
  public WeightSpec under(FanRule rule) {
    return new WeightSpec(shape, rule.outputAxis(this), rule.fans(this), gain);
  }
}
