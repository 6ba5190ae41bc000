package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Bidirectional spectral normalization: divides the weight by the mean of the spectral norms of its
 * two reshapes (arXiv:2009.02773, section 4).
 *
 * @param power how the spectral norm is estimated
 */
@Word("bsn")
public record Bsn(Power power) implements Spectral {
  /** This kind with the default estimate. */
  @Defaults
  public static Bsn bsn() {
    return new Bsn(Power.power());
  }

  /** The same with another estimate. */
  public Bsn power(Power power) {
    return new Bsn(power);
  }

  @Override
  public boolean bidirectional() {
    return true;
  }

  @Override
  public double scale() {
    return 1;
  }
}
