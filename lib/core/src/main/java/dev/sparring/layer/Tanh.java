package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
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
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.tanh();
  }
}
