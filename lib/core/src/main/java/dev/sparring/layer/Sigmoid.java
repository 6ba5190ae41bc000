package dev.sparring.layer;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/** 1 / (1 + exp(-x)). The losses take logits: a discriminator does not end in this. */
@Word("sigmoid")
public record Sigmoid() implements Activation {
  /** 1 / (1 + exp(-x)). The losses take logits: a discriminator does not end in this. */
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
