package dev.sparring.lint;

import dev.sparring.loss.CycleConsistency;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.List;

/** In unpaired data, only cycle consistency ties generated samples to their sources. */
final class CycleTiesUnmatched implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    if (!plan.hasBackwardDirection()
        || recipe.terms().stream().anyMatch(t -> t instanceof CycleConsistency)) {
      return List.of();
    }
    return List.of(
        Warning.warning(
            "terms",
            "the data is unpaired, and nothing ties a generated sample to its source: any image"
                + " of the target domain will do",
            "Zhu et al., arXiv:1703.10593, section 3.2",
            "add the term cycle"));
  }
}
