package dev.sparring.loss;

import dev.sparring.tensor.Tensor;

/** What the discriminator's parameters are held to: applied to each behind each of its updates. */
public non-sealed interface Constraint extends Term {
  /** The parameter that obeys. */
  Tensor apply(Tensor parameter);
}
