package dev.sparring.norm;

import dev.sparring.init.WeightSpec;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What a normalization can use while it normalizes one weight. */
public interface NormContext {
  /** Whether this is a training pass, in which states may be updated. */
  boolean training();

  /**
   * The weight's shape, its dimension of outputs, fan-in and fan-out by the network's fan rule, and
   * the gain of the activation after the layer.
   */
  WeightSpec spec();

  /**
   * One of the tensors of {@link WeightNorm#parameters}.
   *
   * @throws IllegalStateException if the normalization declared none of that name
   */
  Tensor parameter(String name);

  /**
   * One of the tensors of {@link WeightNorm#states}, to read or to overwrite in place.
   *
   * @throws IllegalStateException if the normalization declared none of that name
   */
  Tensor state(String name);

  /** The layer's linear map; null if it has none but its weight as a matrix. */
  default @Nullable LinearOperator operator() {
    return null;
  }

  /** The engine, to create tensors. */
  Engine engine();
}
