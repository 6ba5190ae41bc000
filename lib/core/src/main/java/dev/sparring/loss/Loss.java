package dev.sparring.loss;

import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What the two players minimize. Both functions take raw scores: discriminators end in a linear
 * layer, and a loss that means probabilities applies the sigmoid itself, in a form that is stable
 * for scores of any size. Scores of any shape are averaged over all their elements.
 */
public sealed interface Loss permits NonSaturating, Minimax, Hinge, LeastSquares, Wasserstein {
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
}
