package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

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

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.gelu();
  }
}
