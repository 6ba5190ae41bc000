package dev.sparring.train;

import dev.sparring.data.DataSet;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;

/**
 * What the loop feeds the players: real samples, and what samples are made from, by the number of
 * the batch. They are on the training's engine, and made anew for each call.
 */
public interface GameInputs {
  /**
   * Those that a recipe describes.
   *
   * @param plan of the recipe
   * @param data of the recipe
   * @param seed draws noise, classes of made samples and the order of real ones
   */
  static GameInputs of(GamePlan plan, DataSet data, Engine engine, Seed seed) {
    return new RecipeInputs(plan, engine, data, seed);
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
   * The same for the backward direction, which generates sources from samples: each stands in the
   * other's place.
   *
   * <p>Its generators' samples are generated from what its discriminators judge.
   */
  default GameInputs backward() {
    GameInputs forward = this;
    return new GameInputs() {
      @Override
      public Batch real(long batch) {
        return forward.forDiscriminator(batch);
      }

      @Override
      public Batch forDiscriminator(long batch) {
        return forward.real(batch);
      }

      @Override
      public Batch forGenerator(long batch) {
        return forward.real(batch);
      }
    };
  }
}
