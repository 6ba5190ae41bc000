package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * What a recipe adds to the loss of a player: penalties, regularizers, further aims; or what it
 * holds the player's weights to.
 */
public sealed interface Term permits DiscriminatorTerm, GeneratorTerm, Auxiliary, Constraint {
  /** Nothing, as a scalar. */
  static Tensor none(Engine engine) {
    return engine.full(0, Shape.SCALAR);
  }
}
