package dev.sparring.train;

import dev.sparring.data.DataSet;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.tensor.Engine;

/**
 * The inputs of both networks: real samples, and the generator's inputs, by the number of the
 * batch. They are on the training's engine, and created anew in each call.
 */
public interface GameInputs {
  /**
   * The inputs of a recipe.
   *
   * @param plan of the recipe
   * @param data of the recipe
   * @param seeds those of noise, of classes of generated samples and of the order of real samples
   * @throws dev.sparring.data.DataException if shapes, labels or sources are not what the plan says
   */
  static GameInputs of(GamePlan plan, DataSet data, Engine engine, RunSeeds seeds) {
    DataCheck.form(plan, data);
    return new RecipeInputs(plan, engine, data, seeds);
  }

  /** The real samples of one batch of the discriminator, counted from 0. */
  Batch real(long batch);

  /**
   * The generator's input for one batch of the discriminator, counted from 0: noise, or in paired
   * data the sources of {@link #real}.
   */
  Batch forDiscriminator(long batch);

  /** The generator's input for one batch of its own updates, counted from 0. */
  Batch forGenerator(long batch);

  /**
   * The same for the backward direction, which generates sources from samples: sources and samples
   * are exchanged.
   *
   * <p>The generator's input is then the real samples of the forward direction.
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
