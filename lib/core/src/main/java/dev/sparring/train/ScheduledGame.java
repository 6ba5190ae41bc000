package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has networks, optimizers and the average as a recipe's scheduled numbers say in a step. The
 * objective asks the recipe itself. Without scheduled numbers it does nothing.
 */
record ScheduledGame(GamePlan plan, List<Direction> directions, DrawnGenerator drawn) {
  /**
   * Goes on with the numbers of a step.
   *
   * @param step from 1; the one before the first is like it
   */
  void follow(long step) {
    if (recipe().train().schedules().isEmpty()) {
      return;
    }
    GamePlan now = plan.at(Math.max(1, step));
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).follow(now.directions().get(i), now.recipe().optimizer());
    }
    drawn.follow(now.recipe());
  }

  /** The names of its figures. */
  List<String> names() {
    return recipe().train().schedules().stream().map(s -> Step.SCHEDULED + s.setting()).toList();
  }

  /** The figures of a step: its scheduled numbers. */
  Map<String, Double> figures(long step) {
    Map<String, Double> figures = new LinkedHashMap<>();
    recipe().scheduled(step).forEach((place, n) -> figures.put(Step.SCHEDULED + place, n));
    return figures;
  }

  private Recipe recipe() {
    return plan.recipe();
  }
}
