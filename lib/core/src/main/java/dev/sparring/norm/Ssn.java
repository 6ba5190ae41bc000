package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * Scaled spectral normalization: SN times a factor (arXiv:2009.02773, section 4).
 *
 * @param scale factor applied after the division, 0.7 to 4 in the paper's experiments
 * @param power how the spectral norm is estimated
 * @param mode whether every weight is divided by its norm, or with {@code clip} only one whose norm
 *     is above the scale (as in edward2's SpectralNormalization, whose limit is 0.95)
 */
@Word("ssn")
public record Ssn(double scale, Power power, SpectralMode mode) implements Spectral {
  /** Checks the scale. */
  public Ssn {
    Require.positive("scale", scale);
  }

  /** This kind with a scale and the default estimate. */
  @Defaults
  public static Ssn ssn(double scale) {
    return new Ssn(scale, Power.power(), SpectralMode.SCALE);
  }

  /** The same in another mode. */
  public Ssn mode(SpectralMode mode) {
    return new Ssn(scale, power, mode);
  }

  /** The same with another estimate. */
  public Ssn power(Power power) {
    return new Ssn(scale, power, mode);
  }

  @Override
  public boolean bidirectional() {
    return false;
  }
}
