package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import org.jspecify.annotations.Nullable;

/**
 * An exponential moving average of the generator's weights, used to generate samples (Yazıcı et
 * al., arXiv:1806.04498, equation 3; Karras et al., arXiv:1710.10196, section 4): after each step,
 * average = decay * average + (1 - decay) * weights.
 *
 * <p>The decay is given as it is, or as a half-life in images, which means the same for batches of
 * every size: decay = 0.5^(images of a step / half-life). The images of a step are the real ones of
 * one update of the discriminator, {@code batch} times {@code accumulate}.
 *
 * @param decay weight of the old average, in (0, 1); null for 0.999, or where {@code halfLife} is
 *     given
 * @param start the first step that is averaged; before it, the average equals the generator's
 *     weights
 * @param warmup with a decay: whether it is at most (1 + n) / (10 + n) in the n-th averaged step,
 *     from 0, as in TensorFlow's ExponentialMovingAverage with num_updates, so that early weights
 *     are forgotten quickly
 * @param halfLife instead of the decay: after how many images a weight counts half as much; 0 for
 *     the weights themselves
 * @param ramp with a half-life: it is at most this number times the images since the first averaged
 *     step, so that early weights are forgotten quickly; 0.05 in the code of StyleGAN2-ADA
 *     (arXiv:2006.06676). The first averaged step then takes the weights as they are
 * @param statistics which running statistics of normalizations the average has
 */
public record Ema(
    @Nullable Double decay,
    int start,
    boolean warmup,
    @Nullable Double halfLife,
    @Nullable Double ramp,
    GeneratorStatistics statistics) {
  private static final double DECAY = 0.999;

  /** Checks the settings. */
  public Ema {
    if (decay != null && halfLife != null) {
      throw new IllegalArgumentException(
          "decay "
              + decay
              + " and halfLife "
              + halfLife
              + " are two ways to say one thing: leave one of them out");
    }
    if (decay != null && !(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must be in (0, 1), got " + decay);
    }
    if (halfLife != null) {
      Require.notNegative("halfLife", halfLife);
    }
    Require.positive("ramp", ramp);
    if (ramp != null && halfLife == null) {
      throw new IllegalArgumentException(
          "ramp is for a halfLife; with a decay, warmup: true forgets early weights");
    }
    if (warmup && halfLife != null) {
      throw new IllegalArgumentException(
          "warmup is for a decay; with a halfLife, ramp: 0.05 forgets early weights");
    }
    Require.atLeast("start", start, 1);
  }

  /** Decay 0.999 from the first step, without warm-up, with the generator's own statistics. */
  @Defaults
  public static Ema ema() {
    return new Ema(null, 1, false, null, null, GeneratorStatistics.OWN);
  }

  /** The same with its decay written out, unless it has a half-life. */
  public Ema resolved() {
    return decay != null || halfLife != null
        ? this
        : new Ema(DECAY, start, warmup, null, ramp, statistics);
  }

  /** The same with a decay instead of what it has. */
  public Ema decay(double decay) {
    return new Ema(decay, start, warmup, null, null, statistics);
  }

  /** The same with a half-life in images instead of a decay and its warm-up. */
  public Ema halfLife(double halfLife) {
    return new Ema(null, start, false, halfLife, ramp, statistics);
  }

  /** The same with another ramp of its half-life. */
  public Ema ramp(double ramp) {
    return new Ema(decay, start, warmup, halfLife, ramp, statistics);
  }

  /** The same from another step. */
  public Ema start(int start) {
    return new Ema(decay, start, warmup, halfLife, ramp, statistics);
  }

  /** The same with or without warm-up. */
  public Ema warmup(boolean warmup) {
    return new Ema(decay, start, warmup, halfLife, ramp, statistics);
  }

  /** The same with other running statistics. */
  public Ema statistics(GeneratorStatistics statistics) {
    return new Ema(decay, start, warmup, halfLife, ramp, statistics);
  }

  /**
   * The decay of a step.
   *
   * @param step from 1
   * @param images the images of a step
   * @return 0 before the first step that is averaged
   */
  public double at(long step, long images) {
    if (step < start) {
      return 0;
    }
    double n = step - start;
    if (halfLife == null) {
      double own = decay == null ? DECAY : decay;
      return warmup ? Math.min(own, (1 + n) / (10 + n)) : own;
    }
    double half = halfLife;
    if (ramp != null) {
      half = Math.min(half, ramp * n * images);
    }
    return half == 0 ? 0 : Math.pow(0.5, images / half);
  }
}
