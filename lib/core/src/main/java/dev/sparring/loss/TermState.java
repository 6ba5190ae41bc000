package dev.sparring.loss;

import dev.sparring.setting.Require;
import dev.sparring.tensor.Shape;

/**
 * Numbers that a term keeps from update to update, not learnt by gradients; they are in
 * checkpoints.
 *
 * @param name its name within the term
 * @param shape its shape
 * @param initial the first value of all elements
 */
public record TermState(String name, Shape shape, double initial) {
  /** Checks the name, which is part of one in files. */
  public TermState {
    Require.name("name", name);
  }
}
