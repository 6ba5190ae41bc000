package dev.sparring.layer;

import dev.sparring.tensor.Shape;

/** A function of each element. */
public interface Activation extends Layer {
  /**
   * The factor on the weights before this activation that keeps the variance, as PyTorch's {@code
   * calculate_gain}; sqrt(2) for smooth relatives of ReLU, which it does not list.
   */
  double gain();

  @Override
  default Shape outputShape(Shape input) {
    return input;
  }
}
