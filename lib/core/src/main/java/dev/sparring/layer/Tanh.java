package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

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
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.tanh();
  }
}
