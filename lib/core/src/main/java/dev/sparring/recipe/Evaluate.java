package dev.sparring.recipe;

import dev.sparring.data.Data;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import org.jspecify.annotations.Nullable;

/**
 * How a run measures its samples as it goes on: at an interval and behind its last step. Metrics
 * have the figures.
 *
 * @param every steps between measurements
 * @param samples how many are made for each, and how many real ones they are compared with; images
 *     take more than 5
 * @param extractor by what images are compared; points are not compared by features
 * @param seed draws the noise and the choice of real samples, the same for every measurement and
 *     every run
 * @param data what made samples are compared with, and made from where images are made from images:
 *     samples of the same shape that were held out; null for what is trained on
 */
public record Evaluate(
    int every, int samples, FeatureSource extractor, long seed, @Nullable Data data) {
  /** Checks the counts. */
  public Evaluate {
    Require.atLeast("every", every, 1);
    Require.between("samples", samples, 2, 50_000);
  }

  /** Every 1,000 steps, 2,000 samples, compared by their pixels with what is trained on, seed 0. */
  @Defaults
  public static Evaluate evaluate() {
    return new Evaluate(1000, 2000, PixelFeatures.pixels(), 0, null);
  }

  /** The same at another interval. */
  public Evaluate every(int every) {
    return new Evaluate(every, samples, extractor, seed, data);
  }

  /** The same with another number of samples. */
  public Evaluate samples(int samples) {
    return new Evaluate(every, samples, extractor, seed, data);
  }

  /** The same compared by other features. */
  public Evaluate extractor(FeatureSource extractor) {
    return new Evaluate(every, samples, extractor, seed, data);
  }

  /** The same with other noise. */
  public Evaluate seed(long seed) {
    return new Evaluate(every, samples, extractor, seed, data);
  }

  /** The same compared with other data. */
  public Evaluate data(@Nullable Data data) {
    return new Evaluate(every, samples, extractor, seed, data);
  }
}
