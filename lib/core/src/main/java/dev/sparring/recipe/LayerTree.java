package dev.sparring.recipe;

import dev.sparring.layer.Composite;
import dev.sparring.layer.Layer;
import java.util.ArrayList;
import java.util.List;

/** Layers inside other layers. */
public final class LayerTree {
  private LayerTree() {}

  /** The layers and all layers inside them; each comes before those inside it. */
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
