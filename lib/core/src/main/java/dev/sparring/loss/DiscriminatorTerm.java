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

    /** Whether samples are augmented or packed before the discriminator sees them. */
    default boolean isChanged() {
      return false;
    }

    /** Real samples as they are in the data, (N, ...). */
    default Tensor rawReal() {
      return real();
    }

    /** Generated samples as the generator makes them, (N, ...). */
    default Tensor rawFake() {
      return fake();
    }

    /**
     * Scores of further samples that are augmented and packed for it first, in one more training
     * pass; with the sources and the labels of the real samples.
     *
     * @param x of the shape of {@link #rawReal}
     */
    default Tensor scoresOfRaw(Tensor x) {
      return scores(x);
    }

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

  /**
   * Whether it differentiates {@link Update#realScores} by {@link Update#real} or {@link
   * Update#rawReal}, or the same of generated samples, which are constants otherwise; false by
   * default.
   */
  default boolean differentiatesSamples() {
    return false;
  }

  /** Whether it needs second derivatives, which not every engine has. */
  default boolean needsSecondDerivatives() {
    return false;
  }
}
