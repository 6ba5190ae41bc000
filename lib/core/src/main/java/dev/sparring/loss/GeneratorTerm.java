package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * A term of the generator's loss.
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
    /** Message for a term that needs a backward direction where there is none. */
    String NO_BACKWARD_DIRECTION = "there is no backward direction";

    /** The engine that computes. */
    Engine engine();

    /** The number of the generator's update, from 0; all batches of one update have the same. */
    long number();

    /** The generated samples, (N, ...), through which gradients flow to the generator's weights. */
    Tensor made();

    /**
     * The targets in paired data: the samples that belong to the sources.
     *
     * @throws IllegalStateException if the data does not come in pairs
     */
    Tensor target();

    /**
     * The sources from which the samples were generated, where there is a backward direction.
     *
     * @throws IllegalStateException if there is none
     */
    default Tensor source() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * The output of the backward generator for {@link #made}, through which gradients flow to the
     * weights of both generators.
     *
     * @throws IllegalStateException if there is no backward direction
     */
    default Tensor returned() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * Real images of the generator's target domain, where there is a backward direction.
     *
     * @throws IllegalStateException if there is none
     */
    default Tensor wanted() {
      throw new IllegalStateException(NO_BACKWARD_DIRECTION);
    }

    /**
     * The generator's output for {@link #wanted}.
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

  /** Whether it compares generated samples with the targets of paired data. */
  default boolean needsTarget() {
    return false;
  }

  /** Whether it needs a second generator, from samples to sources. */
  default boolean needsBackwardDirection() {
    return false;
  }
}
