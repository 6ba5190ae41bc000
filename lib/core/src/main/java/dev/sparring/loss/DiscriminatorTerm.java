package dev.sparring.loss;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * What is added to the discriminator's loss.
 *
 * <p><b>Write your own.</b> This one keeps the scores of real samples near 0 (the drift term of
 * PGGAN):
 *
 * <pre>{@code
 * record Drift(double weight) implements DiscriminatorTerm {
 *   public Tensor value(Update update) {
 *     return update.realScores().square().mean().times(weight);
 *   }
 * }
 * }</pre>
 */
public non-sealed interface DiscriminatorTerm extends Term {
  /** One update of the discriminator as a term sees it. */
  interface Update {
    /** Where everything is computed. */
    Engine engine();

    /** The term's own random numbers for this update. */
    RandomStream random();

    /** Which of the discriminator's updates it is, from 0; all its batches are of one update. */
    long number();

    /**
     * Real samples as the discriminator has seen them, (N, ...): behind augmentation and packing,
     * with their sources where data comes in pairs; constants.
     */
    Tensor real();

    /** Made samples, likewise. */
    Tensor fake();

    /** The discriminator's scores of the real samples, on which gradients flow to its weights. */
    Tensor realScores();

    /** Its scores of the made samples. */
    Tensor fakeScores();

    /**
     * Its scores of further samples in one more training pass, on which gradients flow to its
     * weights and to these samples; where samples have labels, under those of the real ones.
     *
     * @param x of the shape of {@link #real}
     */
    Tensor scores(Tensor x);

    /**
     * The same where samples have labels under those of the made ones.
     *
     * @param x of the shape of {@link #fake}
     */
    Tensor fakeScores(Tensor x);

    /**
     * The discriminator's raw weights, on which gradients flow, as matrices: a row for each output.
     */
    List<Tensor> weights();
  }

  /** The term, a scalar, with its factor. */
  Tensor value(Update update);

  /** Whether it differentiates gradients, which not every engine can. */
  default boolean needsSecondDerivatives() {
    return false;
  }
}
