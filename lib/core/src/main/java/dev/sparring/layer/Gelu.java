package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/** x * Phi(x), the exact form (Hendrycks and Gimpel, arXiv:1606.08415). */
@Word("gelu")
public record Gelu() implements Activation {
  /** x * Phi(x), the exact form (Hendrycks and Gimpel, arXiv:1606.08415). */
  @Defaults
  public static Gelu gelu() {
    return new Gelu();
  }

  @Override
  public double gain() {
    return Math.sqrt(2);
  }

  /** The greatest slope, at the root of 2. */
  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1.12891);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.gelu();
  }
}
