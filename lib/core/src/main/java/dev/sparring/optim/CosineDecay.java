package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * The learning rate falls along half a cosine wave (Loshchilov and Hutter, arXiv:1608.03983,
 * equation 5, without restarts).
 *
 * @param end factor on the learning rate at the end of the run
 */
@Word("cosine")
public record CosineDecay(double end) implements Schedule {
  /** Checks the end. */
  public CosineDecay {
    Require.notNegative("end", end);
  }

  /** Down to zero. */
  @Defaults
  public static CosineDecay cosineDecay() {
    return new CosineDecay(0);
  }

  /** The same with another end. */
  public CosineDecay end(double end) {
    return new CosineDecay(end);
  }

  @Override
  public double factor(long step, long steps) {
    double done = (step - 1) / (double) steps;
    // StrictMath, so that a rate does not depend on the machine.
    return end + (1 - end) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
  }
}
