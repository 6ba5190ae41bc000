package dev.sparring.layer;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/** Hyperbolic tangent, the usual output of a generator of images in [-1, 1]. */
@Word("tanh")
public record Tanh() implements Activation {
  /** Hyperbolic tangent, the usual output of a generator of images in [-1, 1]. */
  @Defaults
  public static Tanh tanh() {
    return new Tanh();
  }

  @Override
  public double gain() {
    return 5.0 / 3;
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    return x.tanh();
  }
}
