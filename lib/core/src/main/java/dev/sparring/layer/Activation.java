package dev.sparring.layer;

import dev.sparring.tensor.Shape;

/** A function of each element. */
public interface Activation extends Layer {
  /**
   * The factor by which a weight before this activation has to be larger to keep the variance, as
   * PyTorch's {@code calculate_gain} has it; sqrt(2) for the smooth relatives of ReLU, which it
   * does not list.
   */
  double gain();

  @Override
  default Shape outputShape(Shape input) {
    return input;
  }
}
