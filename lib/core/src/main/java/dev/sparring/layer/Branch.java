package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.List;

/**
 * A sequence of layers inside a {@link Composite}.
 *
 * @param name the next part of its parameters' names, e.g. {@code shortcut}; unique in the
 *     composite
 * @param place path of these layers in the recipe, below the composite, e.g. {@code shortcut};
 *     empty if the composite has created them itself
 * @param input the shape of one sample before the first of them
 * @param layers empty for a branch that passes its input on
 */
public record Branch(String name, String place, Shape input, List<Layer> layers) {
  /** Copies the layers. */
  public Branch {
    layers = List.copyOf(layers);
  }

  /** Layers that the composite has created. */
  static Branch made(String name, Shape input, Layer... layers) {
    return new Branch(name, "", input, List.of(layers));
  }

  /** Layers that the recipe has under the branch's own name. */
  static Branch written(String name, Shape input, List<Layer> layers) {
    return new Branch(name, name, input, layers);
  }
}
