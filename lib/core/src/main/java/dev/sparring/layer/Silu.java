package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

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

  /** The greatest slope, near 2.4. */
  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1.09984);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.silu();
  }
}
