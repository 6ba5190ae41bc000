package dev.sparring.lint;

import dev.sparring.loss.Constraint;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.Wasserstein;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.List;

/** Without a bound on the critic's slope its loss is unbounded. */
final class WassersteinNeedsLipschitz implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    List<PlannedLayer> free =
        plan.discriminator().weighted().filter(l -> !l.norm().boundsSpectralNorm()).toList();
    boolean isBounded =
        Rows.boundsSlope(recipe)
            || recipe.terms().stream()
                .anyMatch(
                    term ->
                        term instanceof Constraint
                            // Only penalties on the critic's gradient count, not regularizers.
                            || (term instanceof DiscriminatorTerm t && t.needsSecondDerivatives()));
    return recipe.loss() instanceof Wasserstein && !isBounded && !free.isEmpty()
        ? List.of(
            Warning.warning(
                "loss",
                "wasserstein without a penalty on the critic, and without spectral normalization of "
                    + Rows.places(free),
                "Arjovsky, Chintala and Bottou, arXiv:1701.07875, section 3: the critic is to be"
                    + " Lipschitz",
                "terms: [gradientPenalty], or norm: sn in the discriminator"))
        : List.of();
  }
}
