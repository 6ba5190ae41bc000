package dev.sparring.lint;

import dev.sparring.layer.Activation;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LinearMap;
import dev.sparring.layer.Normalizing;
import dev.sparring.layer.Reshape;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two weights in a row that each start with one value. The gradient of a unit's weights is its
 * input times what comes back through the next weight. If that weight is random, equal units get
 * different gradients and part at the first update, as in residual branches that end in zeros
 * (Fixup, SkipInit, R3GAN). Only if the next one is constant too, units get equal gradients and
 * stay equal; if both are zero, neither ever moves.
 *
 * <p>Not said where something between them tells units apart: a bias or a scale that is drawn,
 * dropout, noise, or a layer that this rule does not know.
 */
final class ConstantWeights implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    List<Warning> found = new ArrayList<>();
    Rows.networks(plan)
        .flatMap(network -> Rows.of(network).stream())
        .forEach(
            row -> {
              for (int i = 0; i < row.size(); i++) {
                PlannedLayer layer = row.get(i);
                next(row, i).ifPresent(next -> found.add(warning(layer, next)));
              }
            });
    return found;
  }

  private static Warning warning(PlannedLayer layer, PlannedLayer next) {
    return Warning.warning(
        layer.place(),
        "its weights and those of "
            + next.place()
            + " start with one value each: its outputs are equal, get equal gradients, and stay"
            + " equal",
        "Goodfellow, Bengio and Courville, Deep Learning, 2016, section 8.4",
        "draw one of the two: init: orthogonal, he, xavier or normal");
  }

  /** The next weight, if nothing tells the units of this one apart. */
  private static Optional<PlannedLayer> next(List<PlannedLayer> row, int index) {
    PlannedLayer layer = row.get(index);
    // A layer with one output has no units that could be equal.
    if (!isConstant(layer) || layer.output().dim(0) == 1) {
      return Optional.empty();
    }
    for (PlannedLayer later : row.subList(index + 1, row.size())) {
      if (later.layer() instanceof LinearMap) {
        return Optional.of(later).filter(l -> l.weight().isPresent() && hasConstantWeight(l));
      }
      boolean isKnown =
          later.layer() instanceof Activation
              || later.layer() instanceof Normalizing
              || later.layer() instanceof Reshape
              || later.layer() instanceof Flatten;
      if (!isKnown || !hasConstants(later)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isConstant(PlannedLayer layer) {
    return layer.layer() instanceof LinearMap && layer.weight().isPresent() && hasConstants(layer);
  }

  private static boolean hasConstantWeight(PlannedLayer layer) {
    return layer.weight().orElseThrow().initializer().everywhere().isPresent();
  }

  private static boolean hasConstants(PlannedLayer layer) {
    return layer.parameters().stream().allMatch(p -> p.initializer().everywhere().isPresent());
  }
}
