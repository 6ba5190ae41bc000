package dev.sparring.layer;

import dev.sparring.tensor.Tensor;

/** The softmax function. */
final class Softmax {
  private Softmax() {}

  /**
   * exp(x) / sum exp(x) over the last dimension, for finite x of any size: the maximum is
   * subtracted first, as a constant, which changes neither the result nor its derivatives.
   */
  static Tensor last(Tensor x) {
    Tensor powers = x.minus(Maximum.last(x.detach())).exp();
    return powers.div(powers.sum(x.shape().rank() - 1));
  }
}
