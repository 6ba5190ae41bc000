package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/** A constant learning rate. */
@Word("constant")
public record ConstantRate() implements Schedule {
  /** A constant learning rate. */
  @Defaults
  public static ConstantRate constantRate() {
    return new ConstantRate();
  }

  @Override
  public double factor(long step, long steps) {
    return 1;
  }
}
