package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * x for x above 0, else alpha * (exp(x) - 1) (Clevert, Unterthiner and Hochreiter,
 * arXiv:1511.07289).
 *
 * @param alpha the limit below zero is -alpha
 */
@Word("elu")
public record Elu(double alpha) implements Activation {
  /** Checks alpha. */
  public Elu {
    Require.positive("alpha", alpha);
  }

  /** Alpha 1. */
  @Defaults
  public static Elu elu() {
    return new Elu(1);
  }

  /** With this alpha. */
  public static Elu elu(double alpha) {
    return new Elu(alpha);
  }

  @Override
  public double gain() {
    return Math.sqrt(2);
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(Math.max(1, alpha));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.elu(alpha);
  }
}
