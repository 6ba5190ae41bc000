package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Spectral normalization (Miyato, Kataoka, Koyama and Yoshida, arXiv:1802.05957, equation 8):
 * divides the weight by its spectral norm.
 *
 * @param power how the spectral norm is estimated
 * @param mode whether every weight is divided by its norm, or with {@code clip} only one whose norm
 *     is above 1 (as in edward2's SpectralNormalization, whose limit is 0.95)
 */
@Word("sn")
public record Sn(Power power, SpectralMode mode) implements Spectral {
  /** This kind with the default estimate. */
  @Defaults
  public static Sn sn() {
    return new Sn(Power.power(), SpectralMode.SCALE);
  }

  /** The same in another mode. */
  public Sn mode(SpectralMode mode) {
    return new Sn(power, mode);
  }

  /** The same with another estimate. */
  public Sn power(Power power) {
    return new Sn(power, mode);
  }

  @Override
  public boolean bidirectional() {
    return false;
  }

  @Override
  public double scale() {
    return 1;
  }
}
