package dev.sparring.train;

import dev.sparring.augment.Augmentation;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The input of the discriminator: samples after their sources (in paired data), augmented, then
 * packed. Differentiable, so that the generator learns through it.
 */
final class DiscriminatorInput {
  private final Recipe recipe;
  private final int packing;
  private final Seed seed;
  private final Engine engine;

  DiscriminatorInput(Recipe recipe, Engine engine, Seed seed) {
    this.recipe = recipe;
    packing = recipe.discriminator().packing();
    this.seed = seed;
    this.engine = engine;
  }

  /**
   * Samples as the discriminator sees them.
   *
   * @param what name of their streams of random numbers, e.g. {@code real}
   * @param next the update in which they are used
   * @return (N / packing, ...), of the shape that the discriminator takes
   */
  Tensor prepare(Batch samples, String what, NextUpdate next) {
    Tensor source = samples.pair();
    Tensor x = source == null ? samples.x() : source.concat(List.of(samples.x()), 1);
    List<Augmentation> augmentations = recipe.at(next.step()).augment();
    for (int i = 0; i < augmentations.size(); i++) {
      String purpose = "augment " + what + " " + i;
      x = augmentations.get(i).apply(x, seed.stream(purpose, next.number()), engine, next.step());
    }
    return packed(x);
  }

  /** Whether it makes other samples of samples, apart from their sources. */
  boolean changes() {
    return packing > 1 || !recipe.augment().isEmpty();
  }

  /** Sample i of a pack comes from the i-th part of the batch; the order is random anyway. */
  private Tensor packed(Tensor x) {
    if (packing == 1) {
      return x;
    }
    int packs = x.shape().dim(0) / packing;
    List<Tensor> others =
        IntStream.range(1, packing).mapToObj(k -> x.slice(0, k * packs, packs)).toList();
    return x.slice(0, 0, packs).concat(others, 1);
  }
}
