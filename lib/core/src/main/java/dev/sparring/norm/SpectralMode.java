package dev.sparring.norm;

import dev.sparring.tensor.Tensor;

/** What is done with a weight whose spectral norm is known. */
public enum SpectralMode {
  /** It is divided by its norm, whatever that is. */
  SCALE {
    @Override
    Tensor apply(Tensor weight, Tensor norm, double limit) {
      return weight.times(number(limit, norm).div(norm));
    }
  },
  /** It is divided only if its norm is above the limit, and stays as it is otherwise. */
  CLIP {
    @Override
    Tensor apply(Tensor weight, Tensor norm, double limit) { // max(norm, limit)
      return weight.times(number(1, norm).div(norm.plus(-limit).relu().times(1 / limit).plus(1)));
    }
  };

  /**
   * The weight with a norm of the limit, or of at most that.
   *
   * @param norm a tensor of one element
   */
  abstract Tensor apply(Tensor weight, Tensor norm, double limit);

  /**
   * A number in the shape of the norm. A product with the quotient of both is one pass over the
   * weight forward and two backward, where the gradient of the weight's own quotient takes five.
   */
  private static Tensor number(double value, Tensor norm) {
    return norm.engine().full(value, norm.shape());
  }
}
