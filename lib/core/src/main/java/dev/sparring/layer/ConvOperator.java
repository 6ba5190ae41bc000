package dev.sparring.layer;

import dev.sparring.norm.LinearOperator;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/** The map of a convolution for images of one size. */
record ConvOperator(Conv conv, Shape input, Shape output) implements LinearOperator {
  ConvOperator(Conv conv, Shape input) {
    this(conv, input, conv.outputShape(input));
  }

  @Override
  public Tensor apply(Tensor x, Tensor weight) {
    return conv.map(x, weight, null);
  }

  @Override
  public Tensor transposed(Tensor y, Tensor weight) {
    return conv.transposed(y, weight, input);
  }
}
