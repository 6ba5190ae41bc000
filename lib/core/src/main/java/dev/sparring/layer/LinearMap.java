package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** A linear map with a weight, which can be initialized and normalized in different ways. */
public interface LinearMap extends Layer {
  @Override
  long multiplyAdds(Shape input); // no default: a linear map must not be forgotten

  /** Whether a bias is added. */
  boolean bias();

  @Override
  @Nullable Initializer init();

  @Override
  @Nullable WeightNorm norm();
}
