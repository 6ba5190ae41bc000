package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that normalizes mean and variance of its input; each channel may have a learnt scale and
 * shift.
 */
public interface Normalizing extends Layer {
  /** Whether a scale and a shift are learnt, one of each for a channel. */
  boolean affine();

  /** How the scale is drawn, or null for ones, unless the network sets another start. */
  @Override
  @Nullable Initializer init();

  @Override
  default List<Parameter> parameters(Shape input) {
    int channels = input.dim(0);
    return affine()
        ? List.of(
            Parameter.vector("weight", channels, Role.SCALE),
            Parameter.vector("bias", channels, Role.SHIFT))
        : List.of();
  }
}
