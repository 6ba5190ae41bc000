package dev.sparring.recipe;

import dev.sparring.layer.Composite;
import dev.sparring.layer.Layer;
import java.util.ArrayList;
import java.util.List;

/** Layers inside of layers. */
public final class Nested {
  private Nested() {}

  /** The layers and all that a recipe has inside them, each before those that it holds. */
  public static List<Layer> all(List<Layer> layers) {
    List<Layer> found = new ArrayList<>();
    layers.forEach(layer -> collect(layer, found));
    return List.copyOf(found);
  }

  private static Layer collect(Layer layer, List<Layer> found) {
    found.add(layer);
    if (layer instanceof Composite composite) {
      composite.withEach(inner -> collect(inner, found));
    }
    return layer;
  }
}
