package dev.sparring.loss;

import dev.sparring.tensor.Tensor;

/**
 * A constraint on the discriminator's parameters, applied to each after every update.
 *
 * <p><b>Write your own.</b> This one shrinks every parameter a little:
 *
 * <pre>{@code
 * record Shrink(double factor) implements Constraint {
 *   public Tensor apply(Tensor parameter) {
 *     return parameter.times(factor);
 *   }
 * }
 * }</pre>
 */
public non-sealed interface Constraint extends Term {
  /** The parameter with the constraint applied. */
  Tensor apply(Tensor parameter);
}
