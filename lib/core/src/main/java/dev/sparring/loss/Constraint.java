package dev.sparring.loss;

import dev.sparring.tensor.Tensor;

/** A constraint on the discriminator's parameters, applied to each after every update. */
public non-sealed interface Constraint extends Term {
  /** The parameter with the constraint applied. */
  Tensor apply(Tensor parameter);
}
