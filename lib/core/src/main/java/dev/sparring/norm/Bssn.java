package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * Bidirectional scaled spectral normalization: BSN times a factor (arXiv:2009.02773, section 4).
 *
 * @param scale factor applied after the division, 0.7 to 4 in the paper's experiments
 * @param power how the spectral norm is estimated
 */
@Word("bssn")
public record Bssn(double scale, Power power) implements Spectral {
  /** Checks the scale. */
  public Bssn {
    Require.positive("scale", scale);
  }

  /** This kind with a scale and the default estimate. */
  @Defaults
  public static Bssn bssn(double scale) {
    return new Bssn(scale, Power.power());
  }

  /** The same with another estimate. */
  public Bssn power(Power power) {
    return new Bssn(scale, power);
  }

  @Override
  public boolean bidirectional() {
    return true;
  }
}
