package dev.sparring.lint;

import dev.sparring.layer.Block;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A named block that no network uses; blocks used only by unused blocks are unused too. */
final class UnusedBlock implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    Set<String> used =
        plan.networks().stream()
            .flatMap(network -> network.everyLayer().stream())
            .map(PlannedLayer::layer)
            .filter(Block.class::isInstance)
            .map(layer -> ((Block) layer).name())
            .collect(Collectors.toSet());
    List<Warning> found = new ArrayList<>();
    for (int i = 0; i < recipe.blocks().size(); i++) {
      String name = recipe.blocks().get(i).name();
      if (!used.contains(name)) {
        found.add(
            Warning.warning(
                "blocks." + i,
                "no network uses the block '" + name + "'",
                "its layers are neither planned nor trained",
                "leave it out, or name it where it belongs: { type: block, name: " + name + " }"));
      }
    }
    return found;
  }
}
