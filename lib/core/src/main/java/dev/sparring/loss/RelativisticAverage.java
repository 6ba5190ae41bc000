package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A relativistic average loss: it compares each score with the average score of the opposite kind
 * of samples (Jolicoeur-Martineau, arXiv:1807.00734, section 4.2): D minimizes the discriminator's
 * part of another loss on D(x) - mean D(G(z)) and D(G(z)) - mean D(x), G minimizes the same with
 * the two exchanged. Gradients flow through the means.
 *
 * <p>With the non-saturating loss this is the paper's RaSGAN, with hinge its RaHingeGAN, with least
 * squares and a {@code fakeTarget} of -1 half its RaLSGAN. G's loss uses real samples too, those of
 * D's last update, which takes one more pass of D. Means are over all scores of a batch, including
 * patches; the two batches may have different sizes.
 *
 * @param loss the loss to apply to the differences; it takes raw scores, not probabilities
 */
@Word("relativisticAverage")
public record RelativisticAverage(Loss loss) implements Loss {
  /** Checks that the loss takes differences of scores. */
  public RelativisticAverage {
    if (loss.wantsProbabilities()) {
      throw new IllegalArgumentException(
          "relativisticAverage compares scores, but its loss takes probabilities; use nonSaturating");
    }
    if (loss.comparesWithReal() || loss instanceof WeightedLoss) {
      throw new IllegalArgumentException(
          "relativisticAverage compares scores for a plain loss, not for "
              + (loss instanceof WeightedLoss
                  ? "weighted; put weighted around relativisticAverage"
                  : loss instanceof RelativisticAverage
                      ? "another relativisticAverage"
                      : "one that compares them itself"));
    }
  }

  /** Based on this loss. */
  @Defaults
  public static RelativisticAverage relativisticAverage(Loss loss) {
    return new RelativisticAverage(loss);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return loss.discriminator(over(real, fake), over(fake, real));
  }

  /**
   * Undefined without real samples.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Tensor generator(Tensor fake) {
    throw new IllegalStateException("relativisticAverage needs scores of real samples");
  }

  @Override
  public Tensor generator(Tensor fake, Supplier<Tensor> real) {
    return discriminator(/* real= */ fake, /* fake= */ real.get());
  }

  @Override
  public boolean comparesWithReal() {
    return true;
  }

  @Override
  public boolean isBoundedBelow() {
    return loss.isBoundedBelow();
  }

  private static Tensor over(Tensor scores, Tensor others) {
    return scores.minus(others.mean());
  }
}
