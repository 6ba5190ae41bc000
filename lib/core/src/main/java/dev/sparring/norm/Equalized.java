package dev.sparring.norm;

import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.WeightSpec;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Equalized learning rate (Karras, Aila, Laine and Lehtinen, arXiv:1710.10196, section 4.1): the
 * layer computes with c v, where v is learnt and drawn from N(0, 1) / multiplier, and c = gain *
 * multiplier / sqrt(fan-in). Fan-in is counted by the network's {@code fans}.
 *
 * <p>The network starts as with {@code he} of the same gain, but learns at another speed: a step of
 * Adam changes every weight by the same share of its size, in wide and narrow layers alike. One
 * step with learning rate lr changes the weight that is used by about lr * c with Adam, and by lr *
 * c^2 times the gradient with SGD.
 *
 * <p>The weight is drawn by this normalization. An {@code init} of a layer that has it is an error.
 * Biases are drawn as the recipe says and are used times the multiplier (they begin divided by it),
 * as in StyleGAN2. Weight decay, clipping and terms on weights act on v.
 *
 * <p>The papers' settings: PGGAN has gain sqrt(2) in its weights, sqrt(2) / 4 in the generator's
 * first dense layer and 1 in layers without activation. StyleGAN2 has gain 1, with sqrt(2) in the
 * activation, and multiplier 0.01 in its mapping network. Deviation: the default gain is that of
 * the activation after the layer, as in {@code he}: sqrt(2 / 1.04) before a leaky ReLU of slope
 * 0.2, where both papers have sqrt(2).
 *
 * @param gain the gain, or auto for that of the activation after the layer, as for {@code he}
 * @param multiplier learning rate multiplier: the speed of learning relative to other layers, above
 *     0
 */
@Word("equalized")
public record Equalized(@NullIs("auto") @Nullable Double gain, double multiplier)
    implements WeightNorm {
  /** Checks the factors. */
  public Equalized {
    Require.positive("gain", gain);
    Require.positive("multiplier", multiplier);
    if (!Double.isFinite(1 / multiplier)) {
      throw new IllegalArgumentException(
          "multiplier must not be so small that 1 / multiplier is infinite, got " + multiplier);
    }
  }

  /** The gain of the activation after the layer, multiplier 1. */
  @Defaults
  public static Equalized equalized() {
    return new Equalized(null, 1);
  }

  /** The same with a gain of its own. */
  public Equalized gain(double gain) {
    return new Equalized(gain, multiplier);
  }

  /** The same with another multiplier. */
  public Equalized multiplier(double multiplier) {
    return new Equalized(gain, multiplier);
  }

  @Override
  public Tensor normalize(Tensor weight, NormContext context) {
    return weight.times(factor(context.spec()));
  }

  /** What v is multiplied by: c. */
  public double factor(WeightSpec weight) {
    double g = weight.gainOr(gain);
    return g * multiplier / Math.sqrt(weight.fans().in());
  }

  @Override
  public Initializer initializer() {
    return Normal.normal(0, 1 / multiplier);
  }

  @Override
  public double biasFactor() {
    return multiplier;
  }
}
