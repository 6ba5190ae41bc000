package dev.sparring.metric;

import dev.sparring.random.Seed;
import dev.sparring.statistics.Bootstrap;
import dev.sparring.statistics.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much nearer generated samples are to training samples than to as many held-out ones of the
 * same distribution. A generator that does not copy knows no difference between the two.
 *
 * <p>{@code nearest_ratio} is the median distance of a generated sample to its nearest training
 * sample, over the median distance to its nearest held-out one: near 1 if nothing is memorized, 0
 * if at least half of the samples are copies. {@code nearest_share} is the share of generated
 * samples that are nearer to a training sample than to a held-out one, ties counted half: near 0.5,
 * and above it if some are copied. The larger of both sets is cut to the size of the smaller one,
 * because a nearest distance falls with the size of a set.
 *
 * <p>The comparison of nearest distances to training and to held-out data is that of Meehan,
 * Chaudhuri and Dasgupta ("A non-parametric test to detect data-copying in generative models",
 * AISTATS 2020), whose test asks it of cells of the space and of held-out samples as well. The
 * intervals are of 1,000 resamples of the generated samples (percentiles, {@link Bootstrap}): they
 * say what other noise would change, not what other data would.
 *
 * @param train median distance to the nearest training sample
 * @param heldOut median distance to the nearest held-out sample
 * @param ratio their quotient; absent if the second is 0
 * @param ratioInterval its 95 % interval; absent if a resample has no ratio
 * @param share of samples that are nearer to a training sample
 * @param shareInterval its 95 % interval
 * @param samples number of generated samples
 * @param size number of training samples, and of held-out ones, that they were compared with
 * @param seed of the resamples
 */
public record Memorization(
    double train,
    double heldOut,
    OptionalDouble ratio,
    List<Interval> ratioInterval,
    double share,
    Interval shareInterval,
    int samples,
    int size,
    long seed)
    implements MetricResult {
  private static final double LEVEL = 0.95;
  private static final int RESAMPLES = 1000;

  /** Copies the list. */
  public Memorization {
    ratioInterval = List.copyOf(ratioInterval);
  }

  /**
   * From the neighbours of the same generated samples in two sets of one size.
   *
   * @param seed of the resamples
   * @throws IllegalArgumentException if sizes differ, or there are fewer than 2 samples
   */
  public static Memorization of(NearestRows train, NearestRows heldOut, long seed) {
    if (train.size() != heldOut.size()) {
      throw new IllegalArgumentException(
          "memorization: nearest distances fall with the size of a set, so both must have one"
              + " size, got "
              + train.size()
              + " and "
              + heldOut.size());
    }
    double[] near = train.distances();
    double[] far = heldOut.distances();
    if (near.length != far.length || near.length < 2) {
      throw new IllegalArgumentException(
          "memorization: the same samples, at least 2, are compared with both sets, got "
              + near.length
              + " and "
              + far.length);
    }
    double[] nearer = new double[near.length];
    Arrays.setAll(nearer, i -> near[i] < far[i] ? 1 : near[i] > far[i] ? 0 : 0.5);
    double ofTrain = train.median();
    double ofHeldOut = heldOut.median();
    List<Interval> interval = List.of();
    if (ofHeldOut > 0) {
      interval =
          Bootstrap.of(
                  near.length,
                  drawn -> median(chosen(near, drawn)) / median(chosen(far, drawn)),
                  LEVEL,
                  RESAMPLES,
                  new Seed(seed).stream("memorization", 0))
              .stream()
              .toList();
    }
    return new Memorization(
        ofTrain,
        ofHeldOut,
        ofHeldOut > 0 ? OptionalDouble.of(ofTrain / ofHeldOut) : OptionalDouble.empty(),
        interval,
        Arrays.stream(nearer).sum() / nearer.length,
        Bootstrap.mean(nearer, LEVEL, RESAMPLES, new Seed(seed).stream("memorization", 1)),
        near.length,
        train.size(),
        seed);
  }

  private static double[] chosen(double[] values, int[] drawn) {
    return Arrays.stream(drawn).mapToDouble(i -> values[i]).toArray();
  }

  /** The middle one, or the mean of both. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * {@code nearest_train}, {@code nearest_held_out}, {@code nearest_ratio}, {@code nearest_share}.
   */
  @Override
  public Map<String, Double> figures() {
    return new Figures()
        .with("nearest_train", train)
        .with("nearest_held_out", heldOut)
        .with("nearest_ratio", ratio)
        .with("nearest_share", share)
        .map();
  }

  @Override
  public Map<String, Interval> intervals() {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    ratioInterval.forEach(interval -> intervals.put("nearest_ratio", interval));
    intervals.put("nearest_share", shareInterval);
    return intervals;
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "%d generated samples, %d training and %d held-out ones, medians of nearest Euclidean"
            + " distances in float64; intervals: 95 %%, %d resamples of the generated samples,"
            + " seed %d",
        samples,
        size,
        size,
        RESAMPLES,
        seed);
  }

  @Override
  public List<String> warnings() {
    return ratio.isPresent()
        ? List.of()
        : List.of(
            "the median distance to held-out samples is 0, so there is no nearest_ratio: most"
                + " generated samples are copies of held-out ones");
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
