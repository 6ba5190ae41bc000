package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
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
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.silu();
  }
}
