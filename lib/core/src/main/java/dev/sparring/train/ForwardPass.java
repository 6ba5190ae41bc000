package dev.sparring.train;

import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One more forward pass of a player. */
@FunctionalInterface
public interface ForwardPass {
  /**
   * What the player puts out.
   *
   * @param x (N, ...), of the shape that its network takes
   * @param labels (N, classes), or null for none
   */
  Tensor apply(Tensor x, @Nullable Tensor labels);
}
