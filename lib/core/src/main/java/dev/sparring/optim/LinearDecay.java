package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * The full rate until a share of the run has passed, then down in a straight line: the factor of
 * the first step is 1 and of the last one is {@code end}, to within one step.
 *
 * @param start the share of the run after which the rate falls, in [0, 1)
 * @param end the factor at the end of the run
 */
@Word("linear")
public record LinearDecay(double start, double end) implements Schedule {
  /** Checks the settings. */
  public LinearDecay {
    Require.belowOne("start", start);
    Require.notNegative("end", end);
  }

  /** From the first step down to zero. */
  @Defaults
  public static LinearDecay linearDecay() {
    return new LinearDecay(0, 0);
  }

  /** The same falling later. */
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
