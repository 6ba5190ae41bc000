package dev.sparring.run;

import dev.sparring.data.DataSet;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.network.Standing;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlanContext;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Opens the generators of runs. */
public final class Runs {
  private Runs() {}

  /**
   * Samples from the generator of a run's newest checkpoint.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @throws RunException if there is no checkpoint, or it is not of that recipe
   */
  public static Sampler sampler(RunDirectory run, Recipe recipe, Engine engine) {
    return sampler(latest(run), recipe, engine);
  }

  /**
   * The sampler of a checkpoint; images from images use the sources of the recipe's data.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @throws RunException if the checkpoint is missing or not of that recipe
   */
  public static Sampler sampler(Checkpoint checkpoint, Recipe recipe, Engine engine) {
    return recipe.data().sourceShape().isEmpty()
        ? Sampler.of(generator(checkpoint, recipe, engine), recipe)
        : sampler(checkpoint, recipe, engine, RunData.open(checkpoint.run(), recipe, line -> {}));
  }

  /**
   * The sampler of a checkpoint.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @param data the recipe's or other data, whose sources are used where images are generated from
   *     images
   * @throws RunException if the checkpoint is missing or not of that recipe
   */
  public static Sampler sampler(Checkpoint checkpoint, Recipe recipe, Engine engine, DataSet data) {
    return Sampler.of(generator(checkpoint, recipe, engine), recipe, data);
  }

  /**
   * The same with other running statistics of the generator than the recipe's samples have, e.g.
   * those that it is measured with.
   *
   * @param statistics kept ones only if the recipe's average keeps them
   * @throws RunException if the checkpoint is missing or not of that recipe
   */
  public static Sampler sampler(
      Checkpoint checkpoint,
      Recipe recipe,
      Engine engine,
      DataSet data,
      GeneratorStatistics statistics) {
    return Sampler.of(generator(checkpoint, recipe, engine, statistics), recipe, data);
  }

  /**
   * The generator of a run's newest checkpoint.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @throws RunException if there is no checkpoint, or it is not of that recipe
   */
  public static Network generator(RunDirectory run, Recipe recipe, Engine engine) {
    return generator(latest(run), recipe, engine);
  }

  /**
   * The generator of a checkpoint: the averaged one if the recipe has an average.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @throws RunException if the checkpoint is missing or not of that recipe
   */
  public static Network generator(Checkpoint checkpoint, Recipe recipe, Engine engine) {
    return generator(checkpoint, recipe, engine, GeneratorStatistics.ofSamples(recipe));
  }

  private static Network generator(
      Checkpoint checkpoint, Recipe recipe, Engine engine, GeneratorStatistics statistics) {
    Recipe then = ofStep(checkpoint, recipe);
    Network generator =
        // Plans only the generator, so that a run can be sampled without its data, unless samples
        // are generated from the data or the number of classes is known only from its files.
        Network.create(
            NetworkPlan.of(
                "generator",
                then.generator(),
                recipe.data().sourceShape().orElse(Shape.of(recipe.generator().latent())),
                PlanContext.of(then)),
            engine,
            recipe.train().runSeeds().weights());
    Map<String, Tensor> own = new LinkedHashMap<>(generator.parameters());
    own.putAll(generator.buffers());
    checkpoint.restore("generator", own, engine, true);
    if (recipe.ema() != null) {
      Map<String, Tensor> averages = new LinkedHashMap<>();
      generator.parameters().forEach((path, p) -> averages.put(Training.average(path), p));
      if (statistics.isKept()) {
        generator.buffers().forEach((path, b) -> averages.put(Training.average(path), b));
      }
      checkpoint.restore("training", averages, engine, false);
    }
    if (!generator.normStates().isEmpty()) {
      checkpoint.restore("training", generator.normStates(), engine, false);
    }
    return statistics == GeneratorStatistics.STANDING
        ? Standing.of(generator, recipe).gathered()
        : generator;
  }

  /** The recipe with its scheduled numbers as they are at a checkpoint. */
  private static Recipe ofStep(Checkpoint checkpoint, Recipe recipe) {
    return recipe.train().schedules().isEmpty()
        ? recipe
        : recipe.resolved().at(Math.max(1, checkpoint.progress().step()));
  }

  /**
   * The newest checkpoint of a run, for its generator: what a sampler reads of it is whole.
   *
   * @throws RunException if there is none, or it is damaged, with the newest one that is whole
   */
  public static Checkpoint latest(RunDirectory run) {
    return checkpoint(run, OptionalLong.empty());
  }

  /**
   * The same of a step.
   *
   * @param from the step; none for the newest
   * @throws RunException if there is none, or it is damaged, with the newest one that is whole
   */
  public static Checkpoint checkpoint(RunDirectory run, OptionalLong from) {
    return run.whole(from, Set.of("generator", "training"));
  }
}
