package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Adds Gaussian noise to every value, so that the distributions of real and generated samples
 * overlap (Sønderby et al., arXiv:1610.04490, section 3.2, with a standard deviation that falls
 * during training; Arjovsky and Bottou, arXiv:1701.04862, section 3).
 *
 * @param std standard deviation of the noise in the first step
 * @param until number of steps in which it falls linearly to 0, or null for constant noise
 */
@Word("instanceNoise")
public record InstanceNoise(double std, @Nullable Integer until) implements Augmentation {
  /** Checks the settings. */
  public InstanceNoise {
    Require.positive("std", std);
    if (until != null) {
      Require.atLeast("until", until, 1);
    }
  }

  /** A constant standard deviation of 0.1. */
  @Defaults
  public static InstanceNoise instanceNoise() {
    return new InstanceNoise(0.1, null);
  }

  /** The same with another standard deviation. */
  public InstanceNoise std(double std) {
    return new InstanceNoise(std, until);
  }

  /** The same, falling to 0 in this number of steps. */
  public InstanceNoise until(int until) {
    return new InstanceNoise(std, until);
  }

  @Override
  public void check(Shape sample) {}

  @Override
  public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
    double now = at(step);
    if (now == 0) {
      return x;
    }
    Tensor drawn = engine.upload(() -> random.gaussians(x.shape().elements()), x.shape());
    return x.plus(drawn.times(now));
  }

  /**
   * The standard deviation in a step.
   *
   * @param step from 1
   */
  public double at(long step) {
    return until == null ? std : std * Math.max(0, 1 - (step - 1.0) / until);
  }
}
