package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/** All numbers of a sample as features (F), in (C, H, W) row-major order. */
@Word("flatten")
public record Flatten() implements Layer {
  /** All numbers of a sample as features. */
  @Defaults
  public static Flatten flatten() {
    return new Flatten();
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.elements());
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.reshape(outputShape(x.shape().sample()).batch(x.shape().dim(0)));
  }
}
