package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.plan.DegenerateBatchNorm;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.List;

/**
 * Batch normalization of a single number, which always gives 0. Plans refuse it unless the layer
 * has {@code alwaysBatch}.
 */
final class SingleNumberBatchNorm implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    int packing = recipe.discriminator().packing();
    return plan.networks().stream()
        .flatMap(
            n ->
                DegenerateBatchNorm.in(
                    n, n.name().startsWith("discriminator") ? packing : 1, recipe.train()))
        .filter(single -> single.layer() instanceof BatchNorm)
        .distinct()
        .map(SingleNumberBatchNorm::warning)
        .toList();
  }

  private static Warning warning(DegenerateBatchNorm single) {
    return Warning.warning(
        single.place(),
        "batchNorm of one number for each channel of "
            + single.input()
            + " in a batch of 1 outputs its shift only: no signal and no gradient passes it, so"
            + " layers before it learn nothing",
        "Ioffe and Szegedy, arXiv:1502.03167, algorithm 1: x - mean = 0",
        "leave it out here, as pix2pix's authors do at the bottleneck, or "
            + single.setting()
            + ": "
            + single.least());
  }
}
