package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.List;

/**
 * Layers in a row inside of a {@link Composite}.
 *
 * @param name what the names of its parameters go on with, e.g. {@code shortcut}; no other branch
 *     of the composite has it
 * @param place where the recipe has these layers, below the composite, e.g. {@code shortcut}; empty
 *     where the composite has made them itself
 * @param input the shape of one sample before the first of them
 * @param layers none for a branch that changes nothing
 */
public record Branch(String name, String place, Shape input, List<Layer> layers) {
  /** Copies the layers. */
  public Branch {
    layers = List.copyOf(layers);
  }

  /** Layers that the recipe has under the branch's own name. */
  static Branch written(String name, Shape input, List<Layer> layers) {
    return new Branch(name, name, input, layers);
  }
}
