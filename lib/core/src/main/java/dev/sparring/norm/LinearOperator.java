package dev.sparring.norm;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * The linear map of a layer without its bias, as a function of its weight, and the transpose of
 * that map: a convolution with its stride, its padding and the size of its images.
 */
public interface LinearOperator {
  /** The shape of one sample before it. */
  Shape input();

  /** The shape of one sample after it. */
  Shape output();

  /**
   * The map.
   *
   * @param x (N, ...) with the input shape
   */
  Tensor apply(Tensor x, Tensor weight);

  /**
   * The transpose of the map.
   *
   * @param y (N, ...) with the output shape
   */
  Tensor transposed(Tensor y, Tensor weight);
}
