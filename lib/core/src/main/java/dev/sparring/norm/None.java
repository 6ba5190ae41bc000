package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/** The raw weight as it is. */
@Word("none")
public record None() implements WeightNorm {
  /** No normalization. */
  @Defaults
  public static None none() {
    return new None();
  }
}
