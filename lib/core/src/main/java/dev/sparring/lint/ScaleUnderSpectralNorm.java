package dev.sparring.lint;

import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.TruncatedNormal;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import java.util.List;

/**
 * Spectral normalization divides a weight by its norm, so that the initializer's scale has no
 * effect on the first forward pass; only gradients are divided by it. A note, because most SNGANs
 * have N(0, 0.02).
 */
final class ScaleUnderSpectralNorm implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan)
        .map(
            network ->
                network
                    .weighted()
                    .filter(l -> l.norm().isScaleInvariant())
                    .filter(l -> hasScale(l.weight().orElseThrow().initializer()))
                    .toList())
        .filter(layers -> !layers.isEmpty())
        .map(ScaleUnderSpectralNorm::note)
        .toList();
  }

  private static Warning note(List<PlannedLayer> layers) {
    return Warning.note(
        Rows.places(layers),
        "the scale of its initializer is divided out by spectral normalization: only directions"
            + " count, and initializers that differ in scale start with equal weights",
        "Miyato et al., arXiv:1802.05957, equation 8",
        "compare initializers by shape, or without a norm");
  }

  private static boolean hasScale(Initializer initializer) {
    return initializer instanceof Normal
        || initializer instanceof TruncatedNormal
        || Gains.set(initializer).isPresent();
  }
}
