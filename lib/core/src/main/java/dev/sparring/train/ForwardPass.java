package dev.sparring.train;

import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A forward pass of a network in training. */
@FunctionalInterface
public interface ForwardPass {
  /**
   * The network's output.
   *
   * @param x (N, ...), of the shape that its network takes
   * @param labels (N, classes), or null for none
   */
  Tensor apply(Tensor x, @Nullable Tensor labels);
}
