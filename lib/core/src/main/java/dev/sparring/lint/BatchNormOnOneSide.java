package dev.sparring.lint;

import dev.sparring.layer.Activation;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LinearMap;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalization after an activation in a network that elsewhere has it before the activation,
 * or the other way round: two programs that look alike often differ just in that. Said of the side
 * that is rarer; of none where both are as frequent.
 */
final class BatchNormOnOneSide implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan).flatMap(network -> check(network).stream()).toList();
  }

  private static List<Warning> check(NetworkPlan network) {
    List<PlannedLayer> before = new ArrayList<>();
    List<PlannedLayer> after = new ArrayList<>();
    for (List<PlannedLayer> row : Rows.of(network)) {
      for (int i = 1; i < row.size(); i++) {
        if (!isBatchNorm(row.get(i))) {
          continue;
        }
        boolean isAfterWeight = row.get(i - 1).layer() instanceof LinearMap;
        if (isActivation(row.get(i - 1))) {
          after.add(row.get(i));
        } else if (isAfterWeight && i + 1 < row.size() && isActivation(row.get(i + 1))) {
          before.add(row.get(i));
        }
      }
    }
    if (after.isEmpty() || before.isEmpty() || after.size() == before.size()) {
      return List.of();
    }
    boolean isAfter = after.size() < before.size();
    List<PlannedLayer> rare = isAfter ? after : before;
    return List.of(
        Warning.warning(
            Rows.places(rare),
            (isAfter ? "after an activation, " : "before an activation, ")
                + "where the "
                + network.name()
                + " has it elsewhere "
                + (isAfter ? "before" : "after"),
            "Ioffe and Szegedy, arXiv:1502.03167, section 3.2, which puts "
                + Layer.word(rare.get(0).layer())
                + " before the activation",
            "the same order in all layers"));
  }

  private static boolean isBatchNorm(PlannedLayer layer) {
    return layer.layer() instanceof BatchNorm || layer.layer() instanceof ConditionalBatchNorm;
  }

  private static boolean isActivation(PlannedLayer layer) {
    return layer.layer() instanceof Activation;
  }
}
