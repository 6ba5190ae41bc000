package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * LeCun initialization: standard deviation 1 / sqrt(fan-in) (LeCun, Bottou, Orr and Mueller,
 * "Efficient BackProp", 1998, equation 16).
 *
 * @param distribution normal or uniform
 */
@Word("lecun")
public record LeCun(Distribution distribution) implements Initializer {
  /** Normal. */
  @Defaults
  public static LeCun lecun() {
    return new LeCun(Distribution.NORMAL);
  }

  /** The same with another distribution. */
  public LeCun distribution(Distribution distribution) {
    return new LeCun(distribution);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    return Scaled.draw(distribution, 1 / Math.sqrt(weight.fans().in()), weight, random);
  }
}
