package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * What is added to the generator's loss.
 *
 * <p><b>Write your own.</b> This one keeps generated samples small:
 *
 * <pre>{@code
 * record SmallSamples(double weight) implements GeneratorTerm {
 *   public Tensor value(Update update) {
 *     return update.made().square().mean().times(weight);
 *   }
 * }
 * }</pre>
 */
public non-sealed interface GeneratorTerm extends Term {
  /** One update of the generator as a term sees it. */
  interface Update {
    /** What is said where a term asks for a backward direction that there is not. */
    String NO_BACKWARD_DIRECTION = "there is no backward direction";

    /** Where everything is computed. */
    Engine engine();

    /** Which of the generator's updates it is, from 0; all its batches are of one update. */
    long number();

    /** What the generator has made, (N, ...), on which gradients flow to its weights. */
    Tensor made();

    /**
     * What it should have made: the other halves of paired data.
     *
     * @throws IllegalStateException if the data does not come in pairs
     */
    Tensor target();

    /**
     * What the samples were made from, where there is a backward direction.
     *
     * @throws IllegalStateException if there is none
     */
    default Tensor source() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * What the generator of the backward direction makes of {@link #made}, on which gradients flow
     * to the weights of both.
     *
     * @throws IllegalStateException if there is no backward direction
     */
    default Tensor returned() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * Images of the kind that the generator should make, where there is a backward direction.
     *
     * @throws IllegalStateException if there is none
     */
    default Tensor wanted() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * What the generator makes of {@link #wanted}.
     *
     * @throws IllegalStateException if there is no backward direction
     */
    default Tensor kept() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /** The generator's raw weights, on which gradients flow, as matrices: a row for each output. */
    List<Tensor> weights();
  }

  /** The term, a scalar, with its factor. */
  Tensor value(Update update);

  /** Whether it compares samples with those of paired data. */
  default boolean needsTarget() {
    return false;
  }

  /** Whether it needs a second generator, from samples to sources. */
  default boolean needsBackwardDirection() {
    return false;
  }
}
