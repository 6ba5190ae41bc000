package dev.sparring.recipe;

import dev.sparring.layer.Layer;
import dev.sparring.setting.Require;
import java.util.List;

/**
 * Named layers that networks insert with {@code block}.
 *
 * @param name letters, digits, {@code . _ -}
 * @param layers at least one
 */
public record BlockDefinition(String name, List<Layer> layers) {
  /** Checks the name. */
  public BlockDefinition {
    Require.name("name", name);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must have at least one layer");
    }
  }
}
