package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * Xavier (Glorot) initialization: standard deviation gain * sqrt(2 / (fan-in + fan-out)) (Glorot
 * and Bengio, AISTATS 2010, equations 12 and 16).
 *
 * @param distribution normal or uniform; the paper's is uniform
 * @param gain factor on the standard deviation, 1 in the paper, or auto for the gain of the
 *     activation after the layer, as for {@code he}
 */
@Word("xavier")
public record Xavier(Distribution distribution, @NullIs("auto") @Nullable Double gain)
    implements Initializer {
  /** Checks the gain. */
  public Xavier {
    Require.positive("gain", gain);
  }

  /** Uniform, gain 1. */
  @Defaults
  public static Xavier xavier() {
    return new Xavier(Distribution.UNIFORM, 1.0);
  }

  /** The same with another distribution. */
  public Xavier distribution(Distribution distribution) {
    return new Xavier(distribution, gain);
  }

  /** The same with another gain. */
  public Xavier gain(double gain) {
    return new Xavier(distribution, gain);
  }

  /** The same with the gain of the activation after the layer. */
  public Xavier gainOfActivation() {
    return new Xavier(distribution, null);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double factor = weight.gainOr(gain);
    double std = factor * Math.sqrt(2 / (weight.fans().in() + weight.fans().out()));
    return Scaled.draw(distribution, std, weight, random);
  }
}
