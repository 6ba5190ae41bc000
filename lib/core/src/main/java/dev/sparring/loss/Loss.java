package dev.sparring.loss;

import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * The losses of the two networks. Both functions take raw scores: discriminators end in a linear
 * layer, and a loss on probabilities applies the sigmoid itself, in a form that is stable for
 * scores of any size. The exception is {@link LogProbability}.
 *
 * <p>Scores of any shape are averaged over all their elements: for a patch discriminator, (N, 1, H,
 * W), every patch of every sample has the same weight.
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
   * The generator's loss for losses that compare generated samples with real ones.
   *
   * @param real the discriminator's scores of real samples; other losses do not call it and so need
   *     no extra forward pass
   */
  default Tensor generator(Tensor fake, Supplier<Tensor> real) {
    return generator(fake);
  }

  /** Whether the generator's loss needs scores of real samples. */
  default boolean comparesWithReal() {
    return false;
  }

  /** Whether each real sample is compared with one generated one, so that both are as many. */
  default boolean pairsSamples() {
    return false;
  }

  /**
   * Whether the discriminator's loss is bounded below; near the bound it tells all samples apart.
   */
  default boolean isBoundedBelow() {
    return true;
  }

  /** Whether scores are probabilities, so that the discriminator must end in a sigmoid. */
  default boolean wantsProbabilities() {
    return false;
  }
}
