package dev.sparring.layer;

import dev.sparring.norm.LinearOperator;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.function.BinaryOperator;

/**
 * The linear map of a layer for samples of one shape.
 *
 * @param map of samples and the weight
 * @param back its transpose, of outputs and the weight
 */
record MapOperator(
    Shape input, Shape output, BinaryOperator<Tensor> map, BinaryOperator<Tensor> back)
    implements LinearOperator {
  @Override
  public Tensor apply(Tensor x, Tensor weight) {
    return map.apply(x, weight);
  }

  @Override
  public Tensor transposed(Tensor y, Tensor weight) {
    return back.apply(y, weight);
  }
}
