package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.recipe.Optimizers;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A generator in training and the discriminator of its samples. Most games have one direction; with
 * unpaired data there is a backward one too, which generates sources from samples.
 */
@SuppressWarnings("MemberName") // the letters of the papers
public final class Direction {
  /** The generator. */
  final Player G;

  /** The discriminator. */
  final Player D;

  /** The pool of earlier generated samples, if the recipe has one. */
  final @Nullable Pool pool;

  private final boolean isBackward;

  Direction(DirectionPlan plan, Recipe recipe, Engine engine) {
    RunSeeds seeds = recipe.train().runSeeds();
    Network generator = Network.create(plan.generator(), engine, seeds.weights());
    Network discriminator = Network.create(plan.discriminator(), engine, seeds.weights());
    G = new Player(generator, recipe.optimizer().generator(), seeds.rest(), TermStates.none());
    D =
        new Player(
            discriminator,
            recipe.optimizer().discriminator(),
            seeds.rest(),
            TermStates.of(recipe.terms(), engine));
    int size = recipe.discriminator().pool();
    pool = size == 0 ? null : new Pool(generator, size, seeds.rest());
    isBackward = plan.isBackward();
  }

  /** Sets the seeds; here they are of dropout, and of the pool's exchanges. */
  void seeds(RunSeeds seeds) {
    G.seed(seeds.rest());
    D.seed(seeds.rest());
    if (pool != null) {
      pool.seed(seeds.rest());
    }
  }

  /**
   * Goes on with the numbers of another step.
   *
   * @param plan of this direction
   */
  void follow(DirectionPlan plan, Optimizers optimizers) {
    G.follow(plan.generator(), optimizers.generator());
    D.follow(plan.discriminator(), optimizers.discriminator());
  }

  /** The generator's network. */
  public Network generator() {
    return G.network();
  }

  /** The discriminator's network. */
  public Network discriminator() {
    return D.network();
  }

  /** Whether sources are generated from samples. */
  public boolean isBackward() {
    return isBackward;
  }

  /**
   * The inputs of the next step.
   *
   * @param inputs the inputs of the game
   */
  NextStep next(GamePlan plan, GameInputs inputs, long step) {
    return new NextStep(
        plan, isBackward ? inputs.backward() : inputs, step, D.updates(), G.updates(), D.states());
  }

  /** The generated samples that the discriminator sees, some of them from the pool. */
  Batch remembered(Batch fake, NextUpdate next) {
    return pool == null ? fake : fake.x(pool.exchanged(fake.x(), next.number()));
  }
}
