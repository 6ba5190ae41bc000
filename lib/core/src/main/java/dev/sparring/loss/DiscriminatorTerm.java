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

    /**
     * One of the term's {@link DiscriminatorTerm#states} as it was before this update, a constant.
     *
     * @throws IllegalStateException if the term has no state of that name
     */
    default Tensor state(String name) {
      throw new IllegalStateException("there is no state '" + name + "'");
    }
  }

  /** The term, a scalar, with its factor. */
  Tensor value(Update update);

  /**
   * What it keeps from one update to the next, such as averages; nothing by default. Checkpoints
   * have it, and several processes have the same. Nothing may be kept anywhere else.
   */
  default List<TermState> states() {
    return List.of();
  }

  /**
   * What one batch of an update says of a state, e.g. the mean score; over the batches of an update
   * it is averaged.
   *
   * @return of the state's shape
   */
  default Tensor measured(String state, Update update) {
    throw new IllegalStateException("nothing is measured of the state '" + state + "'");
  }

  /**
   * A state after an update.
   *
   * @param old the state before it
   * @param measured the mean of what the update's batches say
   * @param number of the update, from 0
   * @return of the state's shape
   */
  default Tensor moved(String state, Tensor old, Tensor measured, long number) {
    return measured;
  }

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
