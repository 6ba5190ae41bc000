package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.List;

/** A rule that looks at a recipe. */
public interface Lint {
  /**
   * What it finds; nothing in a recipe that follows the rule.
   *
   * @param recipe in its effective form, {@link Recipe#resolved}
   * @param plan that recipe worked out
   */
  List<Warning> look(Recipe recipe, GamePlan plan);
}
