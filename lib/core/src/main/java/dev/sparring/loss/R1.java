package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * R1 (Mescheder, Geiger and Nowozin, arXiv:1801.04406, section 4.1): gamma / 2 times the mean of
 * |grad D(x)|^2 at real samples.
 *
 * <p>It takes one more training pass of the discriminator. Computed only in every n-th update and
 * multiplied by n (Karras et al., arXiv:1912.04958, appendix B), it costs less. In that paper it
 * has update steps of its own, with adapted optimizer settings; here it is part of the same loss.
 *
 * @param gamma the paper's gamma; the term's weight is gamma / 2
 * @param every n, the interval of the discriminator's updates that have the term, beginning with
 *     the first; the term is then n times as large
 */
@Word("r1")
public record R1(double gamma, int every) implements DiscriminatorTerm {
  /** Checks the settings. */
  public R1 {
    Require.positive("gamma", gamma);
    Require.atLeast("every", every, 1);
  }

  /** Gamma 10, in every update. */
  @Defaults
  public static R1 r1() {
    return new R1(10, 1);
  }

  /** The same with another gamma. */
  public R1 gamma(double gamma) {
    return new R1(gamma, every);
  }

  /** The same in every n-th update. */
  public R1 every(int every) {
    return new R1(gamma, every);
  }

  @Override
  public Tensor value(Update update) {
    if (update.number() % every != 0) {
      return Term.none(update.engine());
    }
    return SampleGradients.squares(update.engine(), update::scores, update.real())
        .mean()
        .times(gamma / 2 * every);
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }
}
