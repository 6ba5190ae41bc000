package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * Cycle consistency (Zhu et al., arXiv:1703.10593, equation 2): weight times the mean over all
 * elements of |F(G(x)) - x|, the distance of an image from its reconstruction after translation in
 * one direction and back. Added in both directions; for unpaired data.
 *
 * @param weight lambda in the paper
 */
@Word("cycle")
public record CycleConsistency(double weight) implements GeneratorTerm {
  /** Checks the weight. */
  public CycleConsistency {
    Require.positive("weight", weight);
  }

  /** The paper's weight, 10. */
  @Defaults
  public static CycleConsistency cycle() {
    return new CycleConsistency(10);
  }

  /** With this weight. */
  public static CycleConsistency cycle(double weight) {
    return new CycleConsistency(weight);
  }

  @Override
  public boolean needsBackwardDirection() {
    return true;
  }

  @Override
  public Tensor value(Update update) {
    return update.returned().minus(update.source()).abs().mean().times(weight);
  }
}
