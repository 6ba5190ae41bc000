package dev.sparring.recipe;

import dev.sparring.data.Data;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import org.jspecify.annotations.Nullable;

/**
 * How a run measures its samples: at an interval and after its last step. The results are written
 * to the metrics.
 *
 * @param every steps between measurements
 * @param samples number of generated samples in each measurement, and of real samples they are
 *     compared with; more than 5 for images
 * @param extractor the features by which images are compared; points are compared without features
 * @param seed seed of the noise and of the choice of real samples; both are the same in every
 *     measurement and every run
 * @param data held-out data to compare with, of the same shape as the training data; its sources
 *     are the generator's input where images are generated from images; null for the training data
 * @param statistics which running statistics the generator has that is measured; null for those of
 *     pictures and samples, which {@code ema} says; {@code copied} and {@code averaged} only if
 *     {@code ema} keeps them
 */
public record Evaluate(
    int every,
    int samples,
    FeatureSource extractor,
    long seed,
    @Nullable Data data,
    @Nullable GeneratorStatistics statistics) {
  /** Checks the counts. */
  public Evaluate {
    Require.atLeast("every", every, 1);
    Require.between("samples", samples, 2, 50_000);
  }

  /** Every 1,000 steps, 2,000 samples, compared by pixels with the training data, seed 0. */
  @Defaults
  public static Evaluate evaluate() {
    return new Evaluate(1000, 2000, PixelFeatures.pixels(), 0, null, null);
  }

  /** The same at another interval. */
  public Evaluate every(int every) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }

  /** The same with another number of samples. */
  public Evaluate samples(int samples) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }

  /** The same compared by other features. */
  public Evaluate extractor(FeatureSource extractor) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }

  /** The same with other noise. */
  public Evaluate seed(long seed) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }

  /** The same with other running statistics of the generator; null for those of samples. */
  public Evaluate statistics(@Nullable GeneratorStatistics statistics) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }

  /** The same compared with other data. */
  public Evaluate data(@Nullable Data data) {
    return new Evaluate(every, samples, extractor, seed, data, statistics);
  }
}
