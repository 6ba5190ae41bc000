package dev.sparring.train;

import dev.sparring.data.Batches;
import dev.sparring.data.DataSet;
import dev.sparring.network.Labels;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RandomStream;
import dev.sparring.random.RunSeeds;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as a recipe describes them, drawn from the run's seeds. Classes of generated samples are
 * drawn with equal probability, as in ACGAN (arXiv:1610.09585, section 4), except in paired data.
 */
final class RecipeInputs implements GameInputs {
  private final Recipe recipe;
  private final GamePlan plan;
  private final Engine engine;
  private final DataSet data;
  private final Batches batches;
  private final RunSeeds seeds;
  private final ValueCheck sampleCheck;
  private final @Nullable ValueCheck sourceCheck;

  /** Batches of unpaired sources. */
  private final @Nullable Batches sourceBatches;

  private LongFunction<float[]> sampleValues;
  private LongFunction<float[]> sourceValues;

  RecipeInputs(GamePlan plan, Engine engine, DataSet data, RunSeeds seeds) {
    this.plan = plan;
    recipe = plan.recipe();
    this.engine = engine;
    this.data = data;
    this.seeds = seeds;
    sampleCheck = new ValueCheck("data", data);
    sourceCheck =
        data.sources().map(sources -> new ValueCheck("data: sources", sources)).orElse(null);
    batches = samplesInOrder();
    sourceBatches = plan.hasBackwardDirection() ? sourcesInOrder() : null;
    sampleValues = batches::batch;
    sourceValues = sourceBatches == null ? batches::sources : sourceBatches::batch;
  }

  private Batches samplesInOrder() {
    return new Batches(data, seeds.order(), recipe.train().batch())
        .shuffled(recipe.train().shuffle());
  }

  private Batches sourcesInOrder() {
    return new Batches(
            data.sources().orElseThrow(), seeds.order(), recipe.train().batch(), "sources")
        .shuffled(recipe.train().shuffle());
  }

  /**
   * Begins to read batches ahead on another thread, where the data is streamed; ends when the
   * result is closed.
   *
   * @param first number of the first batch that is asked for
   * @param every distance between two batches that are asked for
   */
  Ahead readAhead(int first, int every) {
    if (!data.isStreamed()) {
      return () -> {};
    }
    ReadAhead ahead = new ReadAhead();
    int before = recipe.train().accumulate() / every - 1;
    LongFunction<float[]> samplesHere = sampleValues;
    LongFunction<float[]> sourcesHere = sourceValues;
    // Batches remember an epoch's order for one thread.
    Batches others = samplesInOrder();
    LongFunction<float[]> otherSources =
        sourceBatches == null ? others::sources : sourcesInOrder()::batch;
    LongUnaryOperator asked = i -> first + i * every;
    LongFunction<float[]> samples =
        ahead.of(
            i -> samplesHere.apply(asked.applyAsLong(i)),
            i -> others.batch(asked.applyAsLong(i)),
            before);
    LongFunction<float[]> sources =
        ahead.of(
            i -> sourcesHere.apply(asked.applyAsLong(i)),
            i -> otherSources.apply(asked.applyAsLong(i)),
            before);
    sampleValues = b -> b % every == first ? samples.apply(b / every) : samplesHere.apply(b);
    sourceValues = b -> b % every == first ? sources.apply(b / every) : sourcesHere.apply(b);
    return () -> {
      sampleValues = samplesHere;
      sourceValues = sourcesHere;
      ahead.close();
    };
  }

  /** Batches that are being read ahead. */
  interface Ahead {
    /** Ends the other thread. */
    void close();
  }

  @Override
  public Batch real(long batch) {
    return new Batch(samples(batch), labels(batch), plan.isPaired() ? sources(batch) : null);
  }

  @Override
  public Batch forDiscriminator(long batch) {
    if (sourceBatches != null) {
      Shape source = plan.source().orElseThrow();
      float[] values = checked(sourceCheck, sourceValues.apply(batch), sourceBatches, batch);
      return Batch.of(engine.upload(values, source.batch(recipe.train().batch())));
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
    float[] values = checked(sampleCheck, sampleValues.apply(batch), batches, batch);
    return engine.upload(values, plan.sample().batch(recipe.train().batch()));
  }

  private Tensor sources(long batch) {
    Shape source = data.sources().orElseThrow().sampleShape();
    float[] values = checked(sourceCheck, sourceValues.apply(batch), batches, batch);
    return engine.upload(values, source.batch(recipe.train().batch()));
  }

  private static float[] checked(
      @Nullable ValueCheck check, float[] values, Batches from, long batch) {
    if (check != null) {
      check.accept(values, () -> from.indices(batch));
    }
    return values;
  }

  private Batch drawn(String purpose, long number, int count) {
    Generator generator = recipe.generator();
    float[] noise =
        generator
            .noise()
            .draw(seeds.noise().stream("noise " + purpose, number), count * generator.latent());
    Tensor z = engine.upload(noise, Shape.of(count, generator.latent()));
    RandomStream random = seeds.noise().stream("labels " + purpose, number);
    return new Batch(z, oneHot(count, i -> random.below(plan.classes().orElseThrow())), null);
  }

  private @Nullable Tensor labels(long batch) {
    int[] indices = batches.indices(batch);
    return oneHot(
        indices.length, i -> DataCheck.label(data, indices[i], plan.classes().orElseThrow()));
  }

  private @Nullable Tensor oneHot(int count, IntUnaryOperator label) {
    if (plan.classes().isEmpty()) {
      return null;
    }
    return Labels.oneHot(engine, plan.classes().getAsInt(), count, label);
  }
}
