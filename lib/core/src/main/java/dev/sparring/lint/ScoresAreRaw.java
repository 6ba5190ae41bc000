package dev.sparring.lint;

import dev.sparring.layer.Activation;
import dev.sparring.layer.Layer;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.List;

/**
 * Losses apply the sigmoid themselves, except those on probabilities. A discriminator that ends in
 * a sigmoid would have it twice.
 */
final class ScoresAreRaw implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    if (recipe.loss().wantsProbabilities()) {
      return List.of();
    }
    return Rows.last(plan.discriminator())
        .filter(last -> last.layer() instanceof Activation)
        .map(
            last ->
                Warning.warning(
                    last.place(),
                    "the discriminator ends in "
                        + Layer.word(last.layer())
                        + ", and the loss takes raw scores: they are bounded before it sees them",
                    "dev.sparring.loss.Loss: a loss that means probabilities applies the sigmoid"
                        + " itself",
                    "leave it out"))
        .stream()
        .toList();
  }
}
