package dev.sparring.layer;

import dev.sparring.norm.LinearOperator;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/** The map of a dense layer. */
record DenseOperator(Shape input, Shape output) implements LinearOperator {
  @Override
  public Tensor apply(Tensor x, Tensor weight) {
    return x.linear(weight, null);
  }

  @Override
  public Tensor transposed(Tensor y, Tensor weight) {
    return y.matmul(weight);
  }
}
