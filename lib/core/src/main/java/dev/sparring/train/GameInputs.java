package dev.sparring.train;

import dev.sparring.data.DataSet;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;

/**
 * What the loop feeds the players: real samples, and what samples are made from, by the number of
 * the batch. They are on the training's engine, and made anew for each call.
 */
public interface GameInputs {
  /**
   * Those that a recipe describes.
   *
   * @param plan of that recipe
   * @param data of that recipe
   * @param seed draws noise, classes of made samples and the order of real ones
   */
  static GameInputs of(Recipe recipe, GamePlan plan, DataSet data, Engine engine, Seed seed) {
    return new RecipeInputs(recipe, plan, engine, data, seed);
  }

  /** The real samples of one batch of the discriminator, counted from 0. */
  Batch real(long batch);

  /**
   * What the samples of one batch of the discriminator are made from, counted from 0: noise, or the
   * sources of {@link #real} where data comes in pairs.
   */
  Batch forDiscriminator(long batch);

  /** What the samples of one batch of the generator are made from, counted from 0. */
  Batch forGenerator(long batch);

  /**
   * The same for a way back, which makes sources of samples: each stands in the other's place.
   *
   * <p>Its generators' samples are made from what its discriminators judge.
   */
  default GameInputs back() {
    GameInputs forth = this;
    return new GameInputs() {
      @Override
      public Batch real(long batch) {
        return forth.forDiscriminator(batch);
      }

      @Override
      public Batch forDiscriminator(long batch) {
        return forth.real(batch);
      }

      @Override
      public Batch forGenerator(long batch) {
        return forth.real(batch);
      }
    };
  }
}
