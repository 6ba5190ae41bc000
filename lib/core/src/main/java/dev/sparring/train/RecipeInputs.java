package dev.sparring.train;

import dev.sparring.data.Batches;
import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.network.Labels;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as a recipe describes them, drawn from the run's seed. Classes of generated samples are
 * drawn with equal probability, as in ACGAN (arXiv:1610.09585, section 4), except in paired data.
 */
final class RecipeInputs implements GameInputs {
  private final Recipe recipe;
  private final GamePlan plan;
  private final Engine engine;
  private final DataSet data;
  private final Batches batches;
  private final Seed seed;

  /** Batches of unpaired sources. */
  private final @Nullable Batches sourceBatches;

  RecipeInputs(GamePlan plan, Engine engine, DataSet data, Seed seed) {
    this.plan = plan;
    recipe = plan.recipe();
    this.engine = engine;
    this.data = data;
    this.seed = seed;
    int batch = recipe.train().batch();
    boolean shuffle = recipe.train().shuffle();
    batches = new Batches(data, seed, batch).shuffled(shuffle);
    sourceBatches =
        plan.hasBackwardDirection()
            ? new Batches(data.sources().orElseThrow(), seed, batch, "sources").shuffled(shuffle)
            : null;
  }

  @Override
  public Batch real(long batch) {
    return new Batch(samples(batch), labels(batch), plan.isPaired() ? sources(batch) : null);
  }

  @Override
  public Batch forDiscriminator(long batch) {
    if (sourceBatches != null) {
      Shape source = plan.source().orElseThrow();
      return Batch.of(
          engine.upload(sourceBatches.batch(batch), source.batch(recipe.train().batch())));
    }
    return plan.isPaired()
        ? new Batch(sources(batch), labels(batch), samples(batch))
        : drawn("for the discriminator", batch, recipe.train().batch());
  }

  @Override
  public Batch forGenerator(long batch) {
    return plan.source().isPresent()
        ? forDiscriminator(batch)
        : drawn("for the generator", batch, recipe.train().generatorBatchOrDefault());
  }

  private Tensor samples(long batch) {
    return engine.upload(batches.batch(batch), plan.sample().batch(recipe.train().batch()));
  }

  private Tensor sources(long batch) {
    Shape source = data.sources().orElseThrow().sampleShape();
    return engine.upload(batches.sources(batch), source.batch(recipe.train().batch()));
  }

  private Batch drawn(String purpose, long number, int count) {
    Generator generator = recipe.generator();
    float[] noise =
        generator.noise().draw(seed.stream("noise " + purpose, number), count * generator.latent());
    Tensor z = engine.upload(noise, Shape.of(count, generator.latent()));
    RandomStream random = seed.stream("labels " + purpose, number);
    return new Batch(z, oneHot(count, i -> random.below(plan.classes().orElseThrow())), null);
  }

  private @Nullable Tensor labels(long batch) {
    int[] indices = batches.indices(batch);
    return oneHot(indices.length, i -> label(indices[i]));
  }

  private int label(int index) {
    int classes = plan.classes().orElseThrow();
    OptionalInt label = data.label(index);
    if (label.isEmpty() || label.getAsInt() >= classes) {
      throw new DataException(
          data.name(index)
              + ": has "
              + (label.isEmpty() ? "no label" : "label " + label.getAsInt())
              + ", the networks are for labels from 0 to "
              + (classes - 1));
    }
    return label.getAsInt();
  }

  private @Nullable Tensor oneHot(int count, IntUnaryOperator label) {
    if (plan.classes().isEmpty()) {
      return null;
    }
    return Labels.oneHot(engine, plan.classes().getAsInt(), count, label);
  }
}
