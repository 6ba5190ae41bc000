package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/** What is added to the generator's loss. */
public sealed interface GeneratorTerm extends Term
    permits Reconstruction, OrthogonalRegularization {
  /** One update of the generator as a term sees it. */
  interface Update {
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

    /** The generator's raw weights, on which gradients flow, as matrices: a row for each output. */
    List<Tensor> weights();
  }

  /** The term, a scalar, with its factor. */
  Tensor of(Update update);

  /** Whether it compares samples with those of paired data. */
  default boolean needsTarget() {
    return false;
  }
}
