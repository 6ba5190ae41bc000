package dev.sparring.eval;

import dev.sparring.data.DataSet;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.Pixels;
import dev.sparring.metric.Features;
import dev.sparring.metric.GaussianMoments;
import dev.sparring.random.Seed;
import java.util.Arrays;

/**
 * Features of the real samples that generated samples are compared with: extracted once, used for
 * each evaluation of a run.
 */
public final class RealSamples {
  private final Extractor extractor;
  private final long seed;
  private final FeatureCache.Kept features;

  private RealSamples(Extractor extractor, long seed, FeatureCache.Kept features) {
    this.extractor = extractor;
    this.seed = seed;
    this.features = features;
  }

  /**
   * Chooses real samples and takes their features.
   *
   * @param count number of samples to draw by the seed (data is often sorted by class); all samples
   *     if there are no more
   * @throws IllegalArgumentException if the extractor does not accept the samples, or there are
   *     fewer than 2
   */
  public static RealSamples of(DataSet real, Extractor extractor, int count, long seed) {
    int[] chosen = choose(real, count, new Seed(seed));
    return new RealSamples(extractor, seed, extract(real, chosen, extractor));
  }

  /** The same, if possible with cached features of an earlier process; pixels are not cached. */
  public static RealSamples of(
      DataSet real, Extractor extractor, int count, long seed, FeatureCache cache) {
    if (extractor instanceof Pixels) {
      return of(real, extractor, count, seed);
    }
    int[] chosen = choose(real, count, new Seed(seed));
    return new RealSamples(
        extractor,
        seed,
        cache.get(
            FeatureCache.key(real.fingerprint(), chosen, extractor.id()),
            () -> extract(real, chosen, extractor)));
  }

  private static FeatureCache.Kept extract(DataSet real, int[] chosen, Extractor extractor) {
    int size = real.sampleShape().elements();
    float[] samples = new float[Math.multiplyExact(chosen.length, size)];
    for (int i = 0; i < chosen.length; i++) {
      real.read(chosen[i], samples, i * size);
    }
    Features features = extractor.features(samples, real.sampleShape());
    return new FeatureCache.Kept(features, GaussianMoments.of(features));
  }

  /** In the order of the data. */
  private static int[] choose(DataSet real, int count, Seed seed) {
    int[] chosen = seed.stream("evaluate real samples").permutation(real.size());
    if (chosen.length > count) {
      chosen = Arrays.copyOf(chosen, count);
    }
    Arrays.sort(chosen);
    return chosen;
  }

  /** The extractor of these features and of those to compare. */
  public Extractor extractor() {
    return extractor;
  }

  /** The seed of the choice. */
  public long seed() {
    return seed;
  }

  /** The features, one row for each sample. */
  public Features features() {
    return features.features();
  }

  /** Mean and covariance of the features. */
  public GaussianMoments moments() {
    return features.moments();
  }
}
