package dev.sparring.lint;

import dev.sparring.init.ConvOrthogonal;
import dev.sparring.init.DeltaOrthogonal;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Xavier;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The gains that recipes give their initializers. */
final class Gains {
  private Gains() {}

  /** A gain that neither is the default nor follows the activation. */
  static OptionalDouble set(Initializer initializer) {
    if (initializer instanceof He he) {
      return he.gain() == null ? OptionalDouble.empty() : OptionalDouble.of(he.gain());
    } else if (initializer instanceof Orthogonal o) {
      return butOne(o.gain());
    } else if (initializer instanceof DeltaOrthogonal o) {
      return butOne(o.gain());
    } else if (initializer instanceof ConvOrthogonal o) {
      return butOne(o.gain());
    } else if (initializer instanceof Xavier x) {
      return butOne(x.gain());
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble butOne(@Nullable Double gain) {
    return gain == null || gain == 1 ? OptionalDouble.empty() : OptionalDouble.of(gain);
  }
}
