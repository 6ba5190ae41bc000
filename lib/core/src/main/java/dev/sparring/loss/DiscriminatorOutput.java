package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;

/**
 * What is made of a discriminator's scores before losses and terms see them. It may differentiate
 * the scores by the samples.
 *
 * <p><b>Write your own.</b> This one bounds scores by 5:
 *
 * <pre>{@code
 * record Bounded() implements DiscriminatorOutput {
 *   public Tensor scores(Tensor scores, Tensor x, Engine engine) {
 *     return scores.times(0.2).tanh().times(5);
 *   }
 * }
 * }</pre>
 */
public interface DiscriminatorOutput {
  /**
   * The scores that losses and terms see, of the shape of the discriminator's.
   *
   * @param scores the discriminator's scores of samples
   * @param x the samples as the discriminator sees them, by which the scores can be differentiated
   */
  Tensor scores(Tensor scores, Tensor x, Engine engine);

  /** Whether it needs second derivatives, which not every engine has. */
  default boolean needsSecondDerivatives() {
    return false;
  }

  /**
   * Whether the slope of what losses see is bounded at each sample, whatever the weights are; false
   * by default. Samples must not depend on each other in the discriminator then.
   */
  default boolean boundsSlope() {
    return false;
  }
}
