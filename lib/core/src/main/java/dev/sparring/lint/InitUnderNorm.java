package dev.sparring.lint;

import dev.sparring.init.Initializer;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some normalizations, like equalized, draw the weights themselves. An initializer that the recipe
 * sets for a whole network or for a kind of layer has no effect then, unless other layers use it.
 * (An initializer of a single layer is an error of the plan.)
 */
final class InitUnderNorm implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    List<Warning> found = new ArrayList<>();
    Recipe written = plan.written();
    check("generator", written.generator(), plan.generator(), found);
    check("discriminator", written.discriminator(), plan.discriminator(), found);
    return found;
  }

  private static void check(
      String name, NetworkSpec spec, NetworkPlan network, List<Warning> found) {
    List<PlannedLayer> own =
        network.weighted().filter(l -> l.norm().initializer() != null).toList();
    if (own.isEmpty()) {
      return;
    }
    if (spec.init() != null) {
      unused(name + ".init", spec.init(), network, own, found);
    }
    InitByKind kinds = spec.initByKind();
    unused(name + ".initByKind.dense", kinds.dense(), network, own, found);
    unused(name + ".initByKind.conv", kinds.conv(), network, own, found);
    unused(name + ".initByKind.convTranspose", kinds.convTranspose(), network, own, found);
  }

  private static void unused(
      String place,
      @Nullable Initializer initializer,
      NetworkPlan network,
      List<PlannedLayer> own,
      List<Warning> found) {
    boolean isUsed =
        network
            .weighted()
            .filter(l -> l.norm().initializer() == null)
            .anyMatch(l -> l.weight().orElseThrow().initializer().equals(initializer));
    if (initializer != null && !isUsed) {
      found.add(
          Warning.warning(
              place,
              "has no effect: the normalization of " + Rows.places(own) + " draws their weights",
              "Karras, Aila, Laine and Lehtinen, arXiv:1710.10196, section 4.1",
              "leave it out, or set another norm for the layers that it is meant for"));
    }
  }
}
