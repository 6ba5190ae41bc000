package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.RecipeException;
import dev.sparring.setting.Shown;
import java.util.List;

/**
 * Says before an update how many training passes each network makes for one of its batches, by
 * playing one without numbers: a process has to make up for those of the others before it begins.
 */
final class Foresight {
  private final ShapeGame game;

  /**
   * For the game of a plan.
   *
   * @throws RecipeException if the recipe has words whose work cannot be played without numbers
   */
  Foresight(GamePlan plan) {
    ShapeEngine engine =
        new ShapeEngine(MemoryTraits.of("torch"), plan.recipe().train().precision());
    try {
      game = ShapeGame.of(plan, engine);
    } catch (RuntimeException e) {
      throw unknown(e);
    }
  }

  /**
   * The passes of each player for one batch of an update.
   *
   * @param updates that each player has had before the step, in the order of the players
   * @throws RecipeException if the recipe has words whose work cannot be played without numbers
   */
  long[] passes(Move move, List<Long> updates) {
    try {
      return game.loop().passes(move, updates, game.inputs());
    } catch (RuntimeException e) {
      throw unknown(e);
    }
  }

  private static RecipeException unknown(RuntimeException e) {
    return new RecipeException(
        new Problem(
            "",
            "several processes have to know how many passes an update makes, and it cannot be played"
                + " without numbers ("
                + Shown.line(String.valueOf(e.getMessage()))
                + "); train this recipe in one process"),
        e);
  }
}
