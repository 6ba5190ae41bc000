package dev.sparring.loss;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * A term of the discriminator's loss.
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
    /** The engine that computes. */
    Engine engine();

    /** The term's own random numbers for this update. */
    RandomStream random();

    /**
     * The number of the discriminator's update, from 0; all batches of one update have the same.
     */
    long number();

    /**
     * Real samples as the discriminator sees them, (N, ...): after augmentation and packing, with
     * their sources in paired data; constants.
     */
    Tensor real();

    /** Generated samples, likewise. */
    Tensor fake();

    /** The discriminator's scores of the real samples, on which gradients flow to its weights. */
    Tensor realScores();

    /** Its scores of the generated samples. */
    Tensor fakeScores();

    /**
     * Its scores of further samples in one more training pass, on which gradients flow to its
     * weights and to these samples; with the labels of the real samples, if there are labels.
     *
     * @param x of the shape of {@link #real}
     */
    Tensor scores(Tensor x);

    /**
     * The same with the labels of the generated samples, if there are labels.
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

  /** Whether it needs second derivatives, which not every engine has. */
  default boolean needsSecondDerivatives() {
    return false;
  }
}
