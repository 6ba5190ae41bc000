package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/** No normalization: the raw weight is used. */
@Word("none")
public record None() implements WeightNorm {
  /** No normalization. */
  @Defaults
  public static None none() {
    return new None();
  }

  @Override
  public Tensor normalize(Tensor weight, NormContext context) {
    return weight;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }
}
