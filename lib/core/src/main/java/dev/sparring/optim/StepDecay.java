package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import java.util.List;

/**
 * The learning rate is multiplied by a factor after each of some steps.
 *
 * @param at the steps after which the rate changes, ascending
 * @param factor factor on the learning rate at each of these steps
 */
@Word("steps")
public record StepDecay(List<Integer> at, double factor) implements Schedule {
  /** Checks the steps and the factor. */
  public StepDecay {
    at = List.copyOf(at);
    for (int i = 0; i < at.size(); i++) {
      if (at.get(i) < (i == 0 ? 1 : at.get(i - 1) + 1)) {
        throw new IllegalArgumentException("at must be ascending steps from 1, got " + at);
      }
    }
    Require.positive("factor", factor);
  }

  /** Multiplies the rate by 0.1 after each of these steps. */
  @Defaults
  public static StepDecay stepDecay(List<Integer> at) {
    return new StepDecay(at, 0.1);
  }

  /** The same with another factor. */
  public StepDecay factor(double factor) {
    return new StepDecay(at, factor);
  }

  @Override
  public double factor(long step, long steps) {
    return StrictMath.pow(factor, (double) at.stream().filter(s -> step > s).count());
  }
}
