package dev.sparring.layer;

import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
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
  public Tensor forward(Tensor x, Pass pass) {
    return x.gelu();
  }
}
