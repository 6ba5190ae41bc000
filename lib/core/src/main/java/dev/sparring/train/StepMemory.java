package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;

/**
 * An estimate of the memory of a training on the processor, beside the Java heap: the larger of a
 * step's and of a picture's peak. It plays a step with tensors that have shapes and no numbers, and
 * counts what lives at the same time: parameters, optimizer state, averages, pools, activations
 * kept for gradients, gradients, and what operations borrow. Diagnostics and measurements of
 * samples may take more.
 *
 * @param started bytes of a process whose engine has been opened
 * @param step bytes of the networks and of what a step adds to them
 */
public record StepMemory(double started, double step) {
  /** Batches and updates that are played: memory does not grow with their number. */
  private static final int PLAYED = 2;

  /** The largest number of samples that are generated together. */
  private static final int TOGETHER = 128;

  /** The bytes of the process beside the Java heap. */
  public double total() {
    return started + step;
  }

  /**
   * The estimate for a plan.
   *
   * @param engine the name of the engine
   * @throws UnestimatedException if the recipe has words whose work cannot be played without
   *     numbers
   */
  public static StepMemory of(GamePlan plan, String engine) {
    MemoryTraits traits = MemoryTraits.of(engine);
    ShapeEngine shapes = new ShapeEngine(traits, plan.recipe().train().precision());
    try {
      play(bounded(plan), shapes);
    } catch (RuntimeException e) {
      // Words of users may ask for numbers that there are not.
      throw new UnestimatedException(e);
    }
    return new StepMemory(traits.started(), traits.overhead() * shapes.ledger().peak());
  }

  private static GamePlan bounded(GamePlan plan) {
    Recipe recipe = plan.written();
    Train train = recipe.train();
    Train few =
        train
            .discriminatorSteps(Math.min(PLAYED, train.discriminatorSteps()))
            .generatorSteps(Math.min(PLAYED, train.generatorSteps()))
            .accumulate(Math.min(PLAYED, train.accumulate()));
    return few.equals(train) ? plan : GamePlan.of(recipe.train(few));
  }

  private static void play(GamePlan plan, ShapeEngine engine) {
    Recipe recipe = plan.recipe();
    ShapeGame game = ShapeGame.of(plan, engine);
    Direction first = game.directions().get(0);
    if (recipe.ema() != null) {
      Average.of(recipe.ema(), recipe.train(), first.generator());
    }
    if (recipe.output().diagnosticsEvery() > 0) {
      // They compare the weights with those of before the step.
      for (Direction d : game.directions()) {
        copy(d.generator(), engine);
        copy(d.discriminator(), engine);
      }
    }
    game.loop().step(1, game.inputs());
    if (plan.source().isEmpty()) {
      Sampler.of(first.generator(), recipe).sample(pictured(recipe), 0);
    }
  }

  private static void copy(Network network, ShapeEngine engine) {
    network.parameters().map((path, parameter) -> engine.full(0, parameter.shape()));
  }

  private static int pictured(Recipe recipe) {
    boolean many = recipe.evaluate() != null || recipe.data().sampleShape().rank() != 3;
    return many ? TOGETHER : Math.min(TOGETHER, recipe.output().sampleCount());
  }
}
