package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Wasserstein;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.List;

/**
 * Batch normalization in the discriminator: scores then depend on the whole batch, and real and
 * generated samples are normalized by different statistics. The same of deviations over the batch
 * where the output bounds the slope at each sample.
 */
final class BatchNormInCritic implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    boolean isBounded = Rows.boundsSlope(recipe);
    List<PlannedLayer> norms =
        plan.discriminator().everyLayer().stream()
            .filter(
                l ->
                    l.layer() instanceof BatchNorm
                        || (isBounded && l.layer() instanceof MinibatchStdDev))
            .toList();
    if (norms.isEmpty()) {
      return List.of();
    }
    String places = Rows.places(norms);
    boolean isPenalized =
        recipe.terms().stream()
            .anyMatch(t -> t instanceof DiscriminatorTerm d && d.needsSecondDerivatives());
    if (isBounded || isPenalized || recipe.loss() instanceof Wasserstein) {
      return List.of(
          Warning.warning(
              places,
              Rows.words(norms)
                  + " in a critic whose slope at each sample is to be bounded: it makes scores"
                  + " depend on the rest of the batch",
              isBounded
                  ? "Wu et al., arXiv:2109.02235, equation 9"
                  : "Gulrajani et al., arXiv:1704.00028, section 4",
              "leave it out, or normalize weights: norm: sn"));
    }
    String text =
        "batchNorm in the discriminator: real and generated samples pass it separately, so each are"
            + " normalized by statistics of their own";
    return recipe.loss() instanceof Hinge
        ? List.of(
            Warning.warning(
                places,
                text + ", and with hinge the usual bound is spectral",
                "Miyato et al., arXiv:1802.05957, section 4",
                "norm: sn in the discriminator, and no batchNorm"))
        : List.of(
            Warning.note(
                places,
                text + ", as in DCGAN's code",
                "Salimans et al., arXiv:1606.03498, section 3.4",
                "keep it for DCGAN, else normalize weights: norm: sn"));
  }
}
