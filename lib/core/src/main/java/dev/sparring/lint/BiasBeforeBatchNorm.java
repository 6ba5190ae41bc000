package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.LinearMap;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bias right before batch normalization of the same channels is subtracted again with the mean. A
 * note: it wastes a few parameters and changes no sample.
 */
final class BiasBeforeBatchNorm implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan).flatMap(network -> check(network).stream()).toList();
  }

  private static List<Warning> check(NetworkPlan network) {
    List<PlannedLayer> moot = new ArrayList<>();
    for (List<PlannedLayer> row : Rows.of(network)) {
      for (int i = 0; i + 1 < row.size(); i++) {
        // Directly before: after a reshape, channels are not those of the bias.
        if (row.get(i).layer() instanceof LinearMap w
            && w.bias()
            && row.get(i + 1).layer() instanceof BatchNorm) {
          moot.add(row.get(i));
        }
      }
    }
    return moot.isEmpty()
        ? List.of()
        : List.of(
            Warning.note(
                Rows.places(moot),
                "a bias before batchNorm, which subtracts it again",
                "Ioffe and Szegedy, arXiv:1502.03167, section 3.2",
                "bias: false"));
  }
}
