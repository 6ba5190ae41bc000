package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Spectral normalization (Miyato, Kataoka, Koyama and Yoshida, arXiv:1802.05957, equation 8):
 * divides the weight by its spectral norm.
 *
 * @param power how the spectral norm is estimated
 */
@Word("sn")
public record Sn(Power power) implements Spectral {
  /** This kind with the default estimate. */
  @Defaults
  public static Sn sn() {
    return new Sn(Power.power());
  }

  /** The same with another estimate. */
  public Sn power(Power power) {
    return new Sn(power);
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
