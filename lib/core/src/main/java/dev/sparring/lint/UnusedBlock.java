package dev.sparring.lint;

import dev.sparring.layer.Block;
import dev.sparring.layer.Layer;
import dev.sparring.network.GamePlan;
import dev.sparring.recipe.BlockDefinition;
import dev.sparring.recipe.Nested;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A named block that no network has in it: what an unused block uses is unused too. */
final class UnusedBlock implements Lint {
  @Override
  public List<Warning> look(Recipe recipe, GamePlan plan) {
    Set<String> used = new HashSet<>();
    collect(recipe.generator().layers(), recipe, used);
    collect(recipe.discriminator().layers(), recipe, used);
    List<Warning> found = new ArrayList<>();
    for (int i = 0; i < recipe.blocks().size(); i++) {
      String name = recipe.blocks().get(i).name();
      if (!used.contains(name)) {
        found.add(
            Warning.warning(
                "blocks." + i,
                "no network has the block '" + name + "' in it",
                "its layers are neither planned nor trained",
                "leave it out, or name it where it belongs: { type: block, name: " + name + " }"));
      }
    }
    return found;
  }

  private static void collect(List<Layer> layers, Recipe recipe, Set<String> used) {
    for (Layer layer : Nested.all(layers)) {
      if (layer instanceof Block block && used.add(block.name())) {
        recipe.blocks().stream()
            .filter(b -> b.name().equals(block.name()))
            .map(BlockDefinition::layers)
            .forEach(inner -> collect(inner, recipe, used));
      }
    }
  }
}
