package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Seeds of a run's random numbers by what the numbers decide. Runs that differ in one of them share
 * all other random numbers, so a sweep over several of them tells whose luck a result is.
 *
 * <p>A seed that is left out is {@code train.seed}, which also draws the noise of pictures, and of
 * samples unless they are given a seed of their own. What is measured during training has the seed
 * of {@code evaluate}. After a divergence, a retry by seed changes all of these but the weights.
 *
 * @param weights initial weights, and the initial states of their normalizations
 * @param order in which order the data is read, and random crops and mirrors of what is read
 * @param noise noise and classes of the generated samples of all updates
 * @param rest everything else: dropout and other random layers, augmentations, terms, the pool of
 *     generated samples, and samples of data that is drawn, such as rings
 */
public record Seeds(
    @Nullable Long weights, @Nullable Long order, @Nullable Long noise, @Nullable Long rest) {
  /** The seed of the run for all. */
  @Defaults
  public static Seeds seeds() {
    return new Seeds(null, null, null, null);
  }

  /** The same with another seed of initial weights; null for the run's. */
  public Seeds weights(@Nullable Long weights) {
    return Settings.with(this, "weights", weights);
  }

  /** The same with another seed of the data's order; null for the run's. */
  public Seeds order(@Nullable Long order) {
    return Settings.with(this, "order", order);
  }

  /** The same with another seed of the noise; null for the run's. */
  public Seeds noise(@Nullable Long noise) {
    return Settings.with(this, "noise", noise);
  }

  /** The same with another seed of everything else; null for the run's. */
  public Seeds rest(@Nullable Long rest) {
    return Settings.with(this, "rest", rest);
  }
}
