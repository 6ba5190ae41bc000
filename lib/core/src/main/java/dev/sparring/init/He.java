package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * He (Kaiming) initialization: standard deviation gain / sqrt(fan) (He, Zhang, Ren and Sun,
 * arXiv:1502.01852, equations 10 and 14).
 *
 * @param distribution normal or uniform
 * @param fan fan-in or fan-out: preserve the variance of activations ({@code in}) or of gradients
 *     ({@code out})
 * @param gain the gain, or auto for that of the activation after the layer: sqrt(2 / (1 + slope^2))
 *     for ReLU and leaky ReLU, 5/3 for tanh, 1 for none, as in PyTorch's calculate_gain
 */
@Word("he")
public record He(Distribution distribution, Fan fan, @NullIs("auto") @Nullable Double gain)
    implements Initializer {
  /** Checks the gain. */
  public He {
    Require.positive("gain", gain);
  }

  /** Normal, fan-in, gain of the activation after the layer. */
  @Defaults
  public static He he() {
    return new He(Distribution.NORMAL, Fan.IN, null);
  }

  /** The same with another distribution. */
  public He distribution(Distribution distribution) {
    return new He(distribution, fan, gain);
  }

  /** The same preserving the other direction. */
  public He fan(Fan fan) {
    return new He(distribution, fan, gain);
  }

  /** The same with a gain of its own. */
  public He gain(double gain) {
    return new He(distribution, fan, gain);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double factor = weight.gainOr(gain);
    return Scaled.draw(distribution, factor / Math.sqrt(fan.count(weight.fans())), weight, random);
  }
}
