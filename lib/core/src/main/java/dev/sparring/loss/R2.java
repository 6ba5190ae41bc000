package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * R2 (Mescheder, Geiger and Nowozin, arXiv:1801.04406, section 4.1): gamma / 2 times the mean of
 * |grad D(x)|^2 at generated samples.
 *
 * <p>The gradient is that of the pass whose scores the loss has. Computed only in every n-th update
 * and multiplied by n (Karras et al., arXiv:1912.04958, appendix B), it costs less. In that paper
 * it has update steps of its own, with adapted optimizer settings; here it is part of the same
 * loss.
 *
 * @param gamma the paper's gamma; the term's weight is gamma / 2
 * @param every n, the interval of the discriminator's updates that have the term, beginning with
 *     the first; the term is then n times as large
 * @param at by what scores are differentiated; null for {@code raw} where samples are augmented or
 *     packed, as in StyleGAN2-ADA (arXiv:2006.06676) and R3GAN (arXiv:2501.05441), and {@code seen}
 *     otherwise, where the two differ in paired data only. By samples of a pack of k it is 1 / k of
 *     that by the pack
 */
@Word("r2")
public record R2(double gamma, int every, @Nullable PenaltyAt at) implements DiscriminatorTerm {
  /** Checks the settings. */
  public R2 {
    Require.positive("gamma", gamma);
    Require.atLeast("every", every, 1);
  }

  /** Gamma 10, in every update. */
  @Defaults
  public static R2 r2() {
    return new R2(10, 1, null);
  }

  /** The same with another gamma. */
  public R2 gamma(double gamma) {
    return new R2(gamma, every, at);
  }

  /** The same in every n-th update. */
  public R2 every(int every) {
    return new R2(gamma, every, at);
  }

  /** The same by other samples. */
  public R2 at(PenaltyAt at) {
    return new R2(gamma, every, at);
  }

  @Override
  public Tensor value(Update update) {
    if (update.number() % every != 0) {
      return Term.none(update.engine());
    }
    boolean isRaw = PenaltyAt.isRaw(at, update);
    Tensor x = isRaw ? update.rawFake() : update.fake();
    return SampleGradients.squaresOf(update.engine(), update.fakeScores(), x)
        .mean()
        .times(gamma / 2 * every);
  }

  @Override
  public boolean differentiatesSamples() {
    return true;
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }
}
