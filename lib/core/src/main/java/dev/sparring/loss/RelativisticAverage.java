package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A loss of how much more real samples look than made ones do on average, and the other way round
 * (Jolicoeur-Martineau, arXiv:1807.00734, section 4.2): D minimizes the discriminator's part of
 * another loss on D(x) - mean D(G(z)) and D(G(z)) - mean D(x), G minimizes the same with the two in
 * each other's place. Gradients flow through the means.
 *
 * <p>With the non-saturating loss this is the paper's RaSGAN, with hinge its RaHingeGAN, with least
 * squares and a {@code fakeTarget} of -1 half its RaLSGAN. G sees real samples too, in one more
 * pass of D: those of D's last update. Means are over all elements of the scores of a batch,
 * patches included; the two batches may be of different sizes.
 *
 * @param loss the other one, on scores without a sigmoid
 */
@Word("relativisticAverage")
public record RelativisticAverage(Loss loss) implements Loss {
  /** Checks that differences of scores mean something to the loss. */
  public RelativisticAverage {
    if (loss.wantsProbabilities()) {
      throw new IllegalArgumentException(
          "relativisticAverage compares scores, but its loss takes probabilities; use nonSaturating");
    }
    if (loss instanceof RelativisticAverage || loss instanceof WeightedLoss) {
      throw new IllegalArgumentException(
          "relativisticAverage compares scores for a plain loss, not for "
              + (loss instanceof WeightedLoss
                  ? "weighted; put weighted around relativisticAverage"
                  : "another relativisticAverage"));
    }
  }

  /** Of this loss. */
  @Defaults
  public static RelativisticAverage relativisticAverage(Loss loss) {
    return new RelativisticAverage(loss);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return loss.discriminator(over(real, fake), over(fake, real));
  }

  /**
   * Unknown without real samples.
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
