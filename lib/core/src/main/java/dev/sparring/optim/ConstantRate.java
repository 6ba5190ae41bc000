package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/** The same rate throughout. */
@Word("constant")
public record ConstantRate() implements Schedule {
  /** The same rate throughout. */
  @Defaults
  public static ConstantRate constantRate() {
    return new ConstantRate();
  }

  @Override
  public double factor(long step, long steps) {
    return 1;
  }
}
