package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.network.GamePlan;
import dev.sparring.network.NetworkPlan;
import dev.sparring.network.PlannedLayer;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import java.util.List;
import java.util.stream.Stream;

/**
 * Batch normalization of one number: a number less itself. Fitting refuses it where it is no
 * layer's wish to have the batch's own statistics always.
 */
final class SingleNumberBatchNorm implements Lint {
  @Override
  public List<Warning> look(Recipe recipe, GamePlan plan) {
    Train train = recipe.train();
    int smallest = train.smallestBatch();
    int packing = recipe.discriminator().packing();
    String setting = smallest < train.batch() ? "train.generatorBatch" : "train.batch";
    return plan.networks().stream()
        .flatMap(
            n -> {
              int together = n.name().startsWith("discriminator") ? packing : 1;
              return alone(n, smallest / together).map(layer -> warning(layer, setting, together));
            })
        .distinct()
        .toList();
  }

  private static Warning warning(PlannedLayer layer, String setting, int together) {
    return Warning.warning(
        layer.place(),
        "batchNorm of one number for each channel of "
            + layer.input()
            + " in a batch of 1 leaves its shift only: nothing passes, forth or back, and layers"
            + " before it learn nothing by this way",
        "Ioffe and Szegedy, arXiv:1502.03167, algorithm 1: x - mean = 0",
        "leave it out here, as pix2pix's authors do at the bottleneck, or "
            + setting
            + ": "
            + 2 * together);
  }

  private static Stream<PlannedLayer> alone(NetworkPlan network, int batch) {
    return network.everyLayer().stream()
        .filter(l -> batch == 1 && l.layer() instanceof BatchNorm)
        .filter(l -> l.input().elements() == l.input().dim(0));
  }
}
