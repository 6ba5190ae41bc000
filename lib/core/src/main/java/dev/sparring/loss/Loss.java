package dev.sparring.loss;

import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What the two players minimize. Both functions take raw scores: discriminators end in a linear
 * layer, and a loss that means probabilities applies the sigmoid itself, in a form that is stable
 * for scores of any size; but for {@link LogProbability}.
 *
 * <p>Scores of any shape are averaged over all their elements: of a discriminator that judges
 * patches, (N, 1, H, W), every patch of every sample counts the same.
 *
 * <p><b>Write your own.</b> For instance the square of the non-saturating loss:
 *
 * <pre>{@code
 * record SquaredSoftplus() implements Loss {
 *   public Tensor discriminator(Tensor real, Tensor fake) {
 *     Tensor ofReal = real.neg().softplus().square().mean();
 *     return ofReal.plus(fake.softplus().square().mean());
 *   }
 *
 *   public Tensor generator(Tensor fake) {
 *     return fake.neg().softplus().square().mean();
 *   }
 * }
 * }</pre>
 */
public interface Loss {
  /** The discriminator's loss, a scalar, from its scores of real and generated samples. */
  Tensor discriminator(Tensor real, Tensor fake);

  /** The generator's loss, a scalar, from the discriminator's scores of its samples. */
  Tensor generator(Tensor fake);

  /**
   * The generator's loss for losses that compare made samples with real ones.
   *
   * @param real the discriminator's scores of real samples; not asked for by other losses, so that
   *     these cost no pass
   */
  default Tensor generator(Tensor fake, Supplier<Tensor> real) {
    return generator(fake);
  }

  /** Whether the generator's loss asks for real samples. */
  default boolean comparesWithReal() {
    return false;
  }

  /** Whether the discriminator's loss has a least value, near which it tells all samples apart. */
  default boolean isBoundedBelow() {
    return true;
  }

  /** Whether scores are probabilities, so that the discriminator has to end in a sigmoid. */
  default boolean wantsProbabilities() {
    return false;
  }
}
