package dev.sparring.train;

import dev.sparring.data.Batches;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/** Inputs as a recipe describes them, drawn from the run's seed. */
final class RecipeInputs implements GameInputs {
  private final Recipe recipe;
  private final Engine engine;
  private final Batches batches;
  private final Shape sample;
  private final Seed seed;

  RecipeInputs(Recipe recipe, Engine engine, Batches batches, Shape sample, Seed seed) {
    this.recipe = recipe;
    this.engine = engine;
    this.batches = batches;
    this.sample = sample;
    this.seed = seed;
  }

  @Override
  public Tensor real(long update) {
    return engine.upload(batches.batch(update), sample.batch(recipe.train().batch()));
  }

  @Override
  public Tensor discriminatorNoise(long update) {
    return noise("noise for the discriminator", update);
  }

  @Override
  public Tensor generatorNoise(long update) {
    return noise("noise for the generator", update);
  }

  private Tensor noise(String purpose, long update) {
    int count = recipe.train().batch() * recipe.generator().latent();
    return engine.upload(
        recipe.generator().noise().draw(seed.stream(purpose, update), count),
        Shape.of(recipe.train().batch(), recipe.generator().latent()));
  }
}
