package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import java.util.List;

/**
 * A rule that checks a recipe.
 *
 * <p><b>Write your own.</b> A program hands it to {@link Lints#check(GamePlan, java.util.List)}.
 * For the command line, a jar names it in {@code META-INF/services/dev.sparring.lint.Lint} and
 * comes with {@code --with}; its class and constructor are public then.
 *
 * <pre>{@code
 * class RunsAreLong implements Lint {
 *   public List<Warning> look(GamePlan plan) {
 *     int steps = plan.recipe().train().steps();
 *     if (steps >= 100) {
 *       return List.of();
 *     }
 *     return List.of(
 *         Warning.warning(
 *             "train.steps", steps + " steps show little", "our runs", "steps: 1000"));
 *   }
 * }
 * }</pre>
 */
public interface Lint {
  /**
   * The warnings of this rule; empty if the recipe follows it.
   *
   * @param plan of the recipe, with the recipe in its resolved form
   */
  List<Warning> look(GamePlan plan);
}
