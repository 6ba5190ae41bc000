package dev.sparring.layer;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/** 1 / (1 + exp(-x)). Losses take logits: a discriminator ends in this for logProbability only. */
@Word("sigmoid")
public record Sigmoid() implements Activation {
  /**
   * 1 / (1 + exp(-x)). Losses take logits: a discriminator ends in this for logProbability only.
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
  public Tensor forward(Tensor x, Pass pass) {
    return x.sigmoid();
  }
}
