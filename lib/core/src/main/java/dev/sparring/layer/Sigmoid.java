package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * 1 / (1 + exp(-x)). Losses take logits: a discriminator ends in a sigmoid only for the loss
 * logProbability.
 */
@Word("sigmoid")
public record Sigmoid() implements Activation {
  /**
   * 1 / (1 + exp(-x)). Losses take logits: a discriminator ends in a sigmoid only for the loss
   * logProbability.
   */
  @Defaults
  public static Sigmoid sigmoid() {
    return new Sigmoid();
  }

  @Override
  public double gain() {
    return 1;
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(0.25);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.sigmoid();
  }
}
