package dev.sparring.train;

import dev.sparring.random.RunSeeds;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RetryChange;
import java.util.List;

/**
 * What a training's updates are computed with besides its recipe: that changes with each retry.
 *
 * @param seeds of noise, order of the data, dropout, augmentations and terms
 * @param rateFactor factor on the learning rates of both optimizers
 */
record Attempt(RunSeeds seeds, double rateFactor) {
  /** What a training goes on with after retries; without any, what its recipe says. */
  static Attempt after(List<Retry> retries, Recipe recipe) {
    int seeds = count(retries, RetryChange.SEED);
    int rates = count(retries, RetryChange.RATES);
    return new Attempt(
        recipe.train().runSeeds().retry(seeds), Math.pow(recipe.divergence().factor(), rates));
  }

  private static int count(List<Retry> retries, RetryChange change) {
    return Math.toIntExact(retries.stream().filter(r -> r.change() == change).count());
  }
}
