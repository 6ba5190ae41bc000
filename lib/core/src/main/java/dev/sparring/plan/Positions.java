package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.init.Position;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Role;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.RecipeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells the initializers of a network where their weights stand among its residual branches. */
final class Positions {
  /** The paths of the weights of each residual branch. */
  private final List<List<String>> branches = new ArrayList<>();

  private Positions() {}

  /**
   * The plan with the initializers for each weight's place.
   *
   * @param network a whole network
   * @throws RecipeException if one begins with zeros that its normalization divides by the length
   *     of
   */
  static NetworkPlan placed(NetworkPlan network) {
    Map<String, Position> all = new Positions().of(network);
    return network.deeply(
        (layer, p) -> {
          if (p.parameter().role() != Role.WEIGHT) {
            return p;
          }
          PlannedParameter there = p.at(Objects.requireNonNull(all.get(p.path())));
          needDirection(layer, p.initializer(), there.initializer());
          return there;
        });
  }

  private Map<String, Position> of(NetworkPlan network) {
    collect(network, new ArrayList<>());
    List<String> weights = network.weighted().map(l -> l.weight().orElseThrow().path()).toList();
    Map<String, Position> all = new HashMap<>();
    for (String path : weights) {
      all.put(path, new Position(branches.size(), 0, 0, isLast(path, weights)));
    }
    for (List<String> branch : branches) {
      for (int i = 0; i < branch.size(); i++) {
        String path = branch.get(i);
        boolean isLast = isLast(path, weights);
        all.put(path, new Position(branches.size(), branch.size(), i, isLast));
      }
    }
    return all;
  }

  private static boolean isLast(String path, List<String> weights) {
    return path.equals(weights.get(weights.size() - 1));
  }

  /**
   * Collects the weights of a row.
   *
   * @param own of the innermost residual branch around the row
   */
  private void collect(NetworkPlan row, List<String> own) {
    for (PlannedLayer layer : row.layers()) {
      for (int i = 0; i < layer.branches().size(); i++) {
        boolean isResidual =
            layer.layer() instanceof Composite c
                && c.residualBranch().isPresent()
                && c.residualBranch().getAsInt() == i;
        if (isResidual) {
          List<String> inside = new ArrayList<>();
          branches.add(inside);
          collect(layer.branches().get(i), inside);
        } else {
          collect(layer.branches().get(i), own);
        }
      }
      layer.weight().ifPresent(w -> own.add(w.path()));
    }
  }

  private static void needDirection(PlannedLayer layer, Initializer said, Initializer there) {
    boolean isZero = there.everywhere().orElse(1) == 0 && said.everywhere().isEmpty();
    if (isZero && layer.norm().dividesByLength()) {
      throw new RecipeException(
          layer.place(),
          layer.layer().summary()
              + " begins with a weight of zeros, as the last one of its residual branch or network,"
              + " and norm "
              + WeightNorm.word(layer.norm())
              + " divides by its length: take another init here, or leave the norm out");
    }
  }
}
