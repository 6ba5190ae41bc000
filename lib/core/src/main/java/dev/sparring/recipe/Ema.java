package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;

/**
 * An exponential moving average of the generator's weights, used to generate samples (Yazıcı et
 * al., arXiv:1806.04498, equation 3; Karras et al., arXiv:1710.10196, section 4): after each step,
 * average = decay * average + (1 - decay) * weights.
 *
 * <p>Running statistics of normalizations are the generator's own, not averaged.
 *
 * @param decay weight of the old average, in (0, 1)
 * @param start the first step that is averaged; before it, the average equals the generator's
 *     weights
 * @param warmup whether the decay is at most (1 + n) / (10 + n) in the n-th averaged step, from 0,
 *     as in TensorFlow's ExponentialMovingAverage with num_updates, so that early weights are
 *     forgotten quickly
 */
public record Ema(double decay, int start, boolean warmup) {
  /** Checks the settings. */
  public Ema {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must be in (0, 1), got " + decay);
    }
    Require.atLeast("start", start, 1);
  }

  /** Decay 0.999 from the first step, without warm-up. */
  @Defaults
  public static Ema ema() {
    return new Ema(0.999, 1, false);
  }

  /** The same with another decay. */
  public Ema decay(double decay) {
    return new Ema(decay, start, warmup);
  }

  /** The same from another step. */
  public Ema start(int start) {
    return new Ema(decay, start, warmup);
  }

  /** The same with or without warm-up. */
  public Ema warmup(boolean warmup) {
    return new Ema(decay, start, warmup);
  }

  /**
   * The decay of a step.
   *
   * @param step from 1
   * @return 0 before the first step that is averaged
   */
  public double at(long step) {
    if (step < start) {
      return 0;
    }
    double n = step - start;
    return warmup ? Math.min(decay, (1 + n) / (10 + n)) : decay;
  }
}
