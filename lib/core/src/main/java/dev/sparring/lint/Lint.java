package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import java.util.List;

/** A rule that checks a recipe. */
public interface Lint {
  /**
   * The warnings of this rule; empty if the recipe follows it.
   *
   * @param plan of the recipe, with the recipe in its resolved form
   */
  List<Warning> look(GamePlan plan);
}
