package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * Identity loss (Taigman et al., arXiv:1611.02200; CycleGAN, arXiv:1703.10593, section 5.2): weight
 * times the mean over all elements of |G(y) - y|, the change that a generator makes to images of
 * its own target domain. Added in both directions; for unpaired data with sources and samples of
 * one shape. It helps to preserve colours.
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
