package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/** max(x, 0). */
@Word("relu")
public record Relu() implements Activation {
  /** max(x, 0). */
  @Defaults
  public static Relu relu() {
    return new Relu();
  }

  @Override
  public double gain() {
    return Math.sqrt(2);
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return pass.lastUse(x).relu();
  }
}
