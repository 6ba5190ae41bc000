package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import java.util.List;

/** A rule that looks at a recipe. */
public interface Lint {
  /**
   * What it finds; nothing in a recipe that follows the rule.
   *
   * @param plan of the recipe, with the recipe in its resolved form
   */
  List<Warning> look(GamePlan plan);
}
