package dev.sparring.loss;

import dev.sparring.tensor.Tensor;

/**
 * What the discriminator's parameters are held to: applied to each behind each of its updates.
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
  /** The parameter that obeys. */
  Tensor apply(Tensor parameter);
}
