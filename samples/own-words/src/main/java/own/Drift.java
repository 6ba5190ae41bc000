package own;

import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * A term of the discriminator's loss: weight times the mean square of the scores of real samples,
 * so that they do not drift away from 0 (Karras et al., arXiv:1710.10196).
 *
 * @param weight epsilon in the paper
 */
@Word("own.drift")
public record Drift(double weight) implements DiscriminatorTerm {
  /** Checks the weight. */
  public Drift {
    Require.positive("weight", weight);
  }

  /** The paper's weight, 0.001. */
  @Defaults
  public static Drift drift() {
    return new Drift(0.001);
  }

  @Override
  public Tensor value(Update update) {
    return update.realScores().square().mean().times(weight);
  }
}
