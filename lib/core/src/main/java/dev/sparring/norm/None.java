package dev.sparring.norm;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;

/** The raw weight as it is. */
@Word("none")
public record None() implements WeightNorm {
  /** No normalization. */
  @Defaults
  public static None none() {
    return new None();
  }
}
