package dev.sparring.layer;

import dev.sparring.tensor.Shape;

/**
 * A function of each element.
 *
 * <p><b>Write your own.</b> For instance softsign, x / (1 + |x|):
 *
 * <pre>{@code
 * record Softsign() implements Activation {
 *   public double gain() {
 *     return 1;
 *   }
 *
 *   public Tensor forward(Tensor x, LayerContext pass) {
 *     return x.div(x.abs().plus(1));
 *   }
 * }
 * }</pre>
 */
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
