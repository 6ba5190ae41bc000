package dev.sparring.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recipe's numbers as they are in a step. */
final class Scheduling {
  private Scheduling() {}

  /** The scheduled numbers in a step, by place, in the order of the recipe. */
  static Map<String, Double> numbers(Recipe recipe, long step) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (ScheduledNumber number : recipe.train().schedules()) {
      numbers.put(number.setting(), value(recipe, number, step));
    }
    return numbers;
  }

  /** The recipe with these numbers in their places. */
  static Recipe at(Recipe recipe, long step) {
    Recipe now = recipe;
    for (ScheduledNumber number : recipe.train().schedules()) {
      double value = value(recipe, number, step);
      try {
        now = number.path().with(now, value);
      } catch (IllegalArgumentException e) {
        throw new RecipeException(
            new Problem(number.setting(), value + " in step " + step + ": " + e.getMessage()), e);
      }
    }
    return now;
  }

  private static double value(Recipe recipe, ScheduledNumber number, long step) {
    List<?> along = number.path().along(recipe);
    return number.at((Double) along.get(along.size() - 1), step, recipe.train());
  }
}
