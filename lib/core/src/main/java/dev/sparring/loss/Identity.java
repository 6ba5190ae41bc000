package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * How much a generator changes what is of the wanted kind already (Taigman et al.,
 * arXiv:1611.02200; CycleGAN, arXiv:1703.10593, section 5.2): weight times the mean over all
 * elements of |G(y) - y|, in either direction, for data whose sources and samples do not belong
 * together and have one shape. It keeps colours.
 *
 * @param weight half of lambda in the paper
 */
@Word("identity")
public record Identity(double weight) implements GeneratorTerm {
  /** Checks the weight. */
  public Identity {
    Require.positive("weight", weight);
  }

  /** The paper's weight, half of 10. */
  @Defaults
  public static Identity identity() {
    return new Identity(5);
  }

  /** With this weight. */
  public static Identity identity(double weight) {
    return new Identity(weight);
  }

  @Override
  public boolean needsBackwardDirection() {
    return true;
  }

  @Override
  public Tensor value(Update update) {
    return update.kept().minus(update.wanted()).abs().mean().times(weight);
  }
}
