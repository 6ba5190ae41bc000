package own;

import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * An initializer: a wave that decays along the weight, with some noise.
 *
 * @param scale times the wave
 * @param noise standard deviation of what is added, in units of the scale
 */
@Word("own.sinc")
public record Sinc(double scale, double noise) implements Initializer {
  /** Checks the settings. */
  public Sinc {
    Require.positive("scale", scale);
  }

  /** Scale 0.3, a tenth of it as noise. */
  @Defaults
  public static Sinc sinc() {
    return new Sinc(0.3, 0.1);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    double[] values = new double[weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (Math.sin(i + 1) / (i + 1) + noise * random.gaussian());
    }
    return values;
  }
}
