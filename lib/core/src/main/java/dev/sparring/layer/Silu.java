package dev.sparring.layer;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;

/** x * sigmoid(x), also called swish (Elfwing, Uchibe and Doya, arXiv:1702.03118). */
@Word("silu")
public record Silu() implements Activation {
  /** x * sigmoid(x), also called swish (Elfwing, Uchibe and Doya, arXiv:1702.03118). */
  @Defaults
  public static Silu silu() {
    return new Silu();
  }

  @Override
  public double gain() {
    return Math.sqrt(2);
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    return x.silu();
  }
}
