package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * The full learning rate until a share of the run has passed, then a linear decay. The factor is 1
 * in the first step and {@code end} in the last, to within one step.
 *
 * @param start the share of the run after which the rate falls, in [0, 1)
 * @param end factor on the learning rate at the end of the run
 */
@Word("linear")
public record LinearDecay(double start, double end) implements Schedule {
  /** Checks the settings. */
  public LinearDecay {
    Require.belowOne("start", start);
    Require.notNegative("end", end);
  }

  /** Decays from the first step to zero. */
  @Defaults
  public static LinearDecay linearDecay() {
    return new LinearDecay(0, 0);
  }

  /** The same with a later start of the decay. */
  public LinearDecay start(double start) {
    return new LinearDecay(start, end);
  }

  /** The same with another end. */
  public LinearDecay end(double end) {
    return new LinearDecay(start, end);
  }

  @Override
  public double factor(long step, long steps) {
    double begin = start * steps;
    double done = Math.max(0, (step - 1 - begin) / (steps - begin));
    return 1 + (end - 1) * done;
  }
}
