package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * What a recipe adds to a network's loss: penalties, regularizers and further objectives; or a
 * constraint on the discriminator's weights.
 */
public sealed interface Term permits DiscriminatorTerm, GeneratorTerm, Auxiliary, Constraint {
  /** A scalar 0. */
  static Tensor none(Engine engine) {
    return engine.full(0, Shape.SCALAR);
  }
}
