package dev.sparring.train;

import dev.sparring.init.Ones;
import dev.sparring.network.Sampler;
import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    // Drawn at once; zeros would be refused under some normalizations.
    Ones ones = new Ones();
    List<Direction> directions =
        plan.directions().stream()
            .map(
                d ->
                    new DirectionPlan(
                        d.generator().initializedBy(ones),
                        d.discriminator().initializedBy(ones),
                        d.isBackward()))
            .map(d -> new Direction(d, recipe, engine))
            .toList();
    Direction first = directions.get(0);
    if (recipe.ema() != null) {
      Average.of(recipe.ema(), recipe.train(), first.generator());
    }
    new AdversarialLoop(plan, directions, new Objective(plan, engine), 1)
        .step(1, new ShapeInputs(plan, engine));
    if (plan.source().isEmpty()) {
      Sampler.of(first.generator(), recipe).sample(pictured(recipe), 0);
    }
  }

  private static int pictured(Recipe recipe) {
    boolean many = recipe.evaluate() != null || recipe.data().sampleShape().rank() != 3;
    return many ? TOGETHER : Math.min(TOGETHER, recipe.output().sampleCount());
  }

  /** Inputs without numbers. */
  private record ShapeInputs(GamePlan plan, Engine engine) implements GameInputs {
    @Override
    public Batch real(long batch) {
      Shape sample = plan.sample().batch(size());
      return new Batch(make(sample), labels(size()), plan.isPaired() ? source() : null);
    }

    @Override
    public Batch forDiscriminator(long batch) {
      if (plan.hasBackwardDirection()) {
        return Batch.of(source());
      }
      return plan.isPaired()
          ? new Batch(source(), labels(size()), make(plan.sample().batch(size())))
          : noise(size());
    }

    @Override
    public Batch forGenerator(long batch) {
      return plan.source().isPresent()
          ? forDiscriminator(batch)
          : noise(plan.recipe().train().generatorBatchOrDefault());
    }

    private int size() {
      return plan.recipe().train().batch();
    }

    private Batch noise(int count) {
      return new Batch(
          make(Shape.of(count, plan.recipe().generator().latent())), labels(count), null);
    }

    private Tensor source() {
      return make(plan.source().orElseThrow().batch(size()));
    }

    private @Nullable Tensor labels(int count) {
      return plan.classes().isEmpty() ? null : make(Shape.of(count, plan.classes().getAsInt()));
    }

    private Tensor make(Shape shape) {
      return engine.full(0, shape);
    }
  }
}
