package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Spectral normalization (Miyato, Kataoka, Koyama and Yoshida, arXiv:1802.05957, equation 8):
 * divides the weight by its spectral norm.
 *
 * @param mode whether every weight is divided by its norm, or with {@code clip} only one whose norm
 *     is above 1 (as in edward2's SpectralNormalization, whose limit is 0.95)
 * @param power how the spectral norm is estimated
 */
@Word("sn")
public record Sn(SpectralMode mode, Power power) implements Spectral {
  /** This kind with the default estimate. */
  @Defaults
  public static Sn sn() {
    return new Sn(SpectralMode.SCALE, Power.power());
  }

  /** The same in another mode. */
  public Sn mode(SpectralMode mode) {
    return new Sn(mode, power);
  }

  /** The same with another estimate. */
  public Sn power(Power power) {
    return new Sn(mode, power);
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
