package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * x for x above 0, else slope * x.
 *
 * @param slope slope for negative x, in [0, 1); 0.2 in DCGAN, 0.1 in SNGAN
 */
@Word("leakyRelu")
public record LeakyRelu(double slope) implements Activation {
  /** Checks the slope. */
  public LeakyRelu {
    Require.belowOne("slope", slope);
  }

  /** DCGAN's slope of 0.2 (Radford, Metz and Chintala, arXiv:1511.06434, section 4). */
  @Defaults
  public static LeakyRelu leakyRelu() {
    return new LeakyRelu(0.2);
  }

  /** With this slope. */
  public static LeakyRelu leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  @Override
  public double gain() {
    return Math.sqrt(2 / (1 + slope * slope));
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(Math.max(1, Math.abs(slope)));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return pass.lastUse(x).leakyRelu(slope);
  }

  @Override
  public String summary() {
    return "leakyRelu " + slope;
  }
}
