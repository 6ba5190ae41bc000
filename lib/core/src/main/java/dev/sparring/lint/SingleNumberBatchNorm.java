package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.network.GamePlan;
import dev.sparring.network.NetworkPlan;
import dev.sparring.network.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.List;
import java.util.stream.Stream;

/**
 * Batch normalization of one number: a number less itself. Fitting refuses it where it is no
 * layer's wish to have the batch's own statistics always.
 */
final class SingleNumberBatchNorm implements Lint {
  @Override
  public List<Warning> look(Recipe recipe, GamePlan plan) {
    int own = recipe.train().effectiveGeneratorBatch();
    int judged = recipe.train().batch() / recipe.discriminator().packing();
    return plan.networks().stream()
        .flatMap(n -> alone(n, plan.discriminator().equals(n) ? judged : own))
        .map(
            layer ->
                Warning.warning(
                    layer.place(),
                    "batchNorm of one number for each channel of "
                        + layer.input()
                        + " in a batch of 1 leaves its shift only: nothing passes, forth or back,"
                        + " and layers before it learn nothing by this way",
                    "Ioffe and Szegedy, arXiv:1502.03167, algorithm 1: x - mean = 0",
                    "leave it out here, as pix2pix's authors do at the bottleneck, or train.batch: 2"))
        .toList();
  }

  private static Stream<PlannedLayer> alone(NetworkPlan network, int batch) {
    return network.everyLayer().stream()
        .filter(l -> batch == 1 && l.layer() instanceof BatchNorm)
        .filter(l -> l.input().elements() == l.input().dim(0));
  }
}
