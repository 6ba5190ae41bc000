package dev.sparring.metric;

import dev.sparring.random.Seed;
import dev.sparring.statistics.ClopperPearson;
import dev.sparring.statistics.Interval;
import dev.sparring.statistics.Jackknife;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How much figures of samples would differ with other samples of the same distributions, as 95 %
 * intervals, and how much of a Fréchet distance comes from the number of samples.
 *
 * <ul>
 *   <li>{@code frechet_distance} and {@code kernel_distance}: {@link Jackknife} of 20 groups of
 *       real and generated samples. Resamples (bootstrap) have samples twice, which makes both
 *       distances larger. The interval of the Fréchet distance is of the distance at this number of
 *       samples, with its bias; that of the kernel distance is about the unbiased estimate of all
 *       samples, and for equal distributions wider than it need be, since the estimate is
 *       degenerate there.
 *   <li>{@code precision}, {@code recall}, {@code coverage}, and {@code high_quality} of points:
 *       {@link ClopperPearson} of the share, the balls being what they are. {@code density} and
 *       other figures have none.
 *   <li>{@code frechet_distance_infinite}: what the Fréchet distance tends to with the number of
 *       samples, 2 F(n) - F(n / 2), since its bias falls as 1 / n (Chong and Forsyth,
 *       arXiv:1911.07023, who fit a line through more sizes of generated samples; here real ones
 *       are halved too, so that the bias of both goes). F(n / 2) is the mean over both halves of
 *       four divisions. It may be negative for distributions that are nearly equal.
 * </ul>
 *
 * @param infinite {@code frechet_distance_infinite}; absent, with a warning, if halves have too few
 *     samples for their covariances
 * @param intervals by figure
 * @param conditions what was computed, in one line
 * @param warnings what is missing
 */
public record SampleErrors(
    List<Double> infinite,
    Map<String, Interval> intervals,
    String conditions,
    List<String> warnings)
    implements MetricResult {
  private static final double LEVEL = 0.95;
  private static final int GROUPS = 20;
  private static final int DIVISIONS = 4;
  private static final String STREAM = "sample errors";

  /** Copies the collections. */
  public SampleErrors {
    infinite = List.copyOf(infinite);
    intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    warnings = List.copyOf(warnings);
  }

  /**
   * The errors of the figures of features.
   *
   * @param found precision, recall and coverage of them
   * @param products of double precision
   * @param seed of groups and halves
   * @throws IllegalArgumentException if there are fewer than 40 samples on either side
   */
  public static SampleErrors of(
      Features real, Features fake, NeighborMetrics found, Products products, long seed) {
    int least = Math.min(real.rows(), fake.rows());
    if (least < 2 * GROUPS) {
      throw new IllegalArgumentException(
          "intervals: there must be at least "
              + 2 * GROUPS
              + " real and generated samples, got "
              + least);
    }
    int[] ofReal = places(new Seed(seed), 0, real.rows());
    int[] ofFake = places(new Seed(seed), 1, fake.rows());
    Map<String, Interval> intervals = new LinkedHashMap<>();
    intervals.put("frechet_distance", frechet(real, fake, ofReal, ofFake));
    intervals.put("kernel_distance", kernel(real, fake, ofReal, ofFake, products));
    PrecisionRecall shares = found.precisionRecall();
    intervals.put("precision", share(shares.precision(), shares.fakeCount()));
    intervals.put("recall", share(shares.recall(), shares.realCount()));
    DensityCoverage covered = found.densityCoverage();
    intervals.put("coverage", share(covered.coverage(), covered.realCount()));
    boolean isEnough = least / 2 > real.columns();
    return new SampleErrors(
        isEnough ? List.of(infinite(real, fake, seed)) : List.of(),
        intervals,
        String.format(
            Locale.ROOT,
            "95 %% intervals: jackknife of %d groups of real and fake samples for distances,"
                + " Clopper and Pearson's of shares; frechet_distance_infinite from %d divisions of"
                + " %d real and %d fake samples in halves; seed %d",
            GROUPS,
            DIVISIONS,
            real.rows(),
            fake.rows(),
            seed),
        isEnough
            ? List.of()
            : List.of(
                String.format(
                    Locale.ROOT,
                    "no frechet_distance_infinite: halves of %d samples for %d features; it takes"
                        + " %d samples",
                    least,
                    real.columns(),
                    2 * (real.columns() + 1))));
  }

  /** The errors of the figures of points. */
  public static SampleErrors of(ModeCoverage found) {
    return new SampleErrors(
        List.of(),
        Map.of("high_quality", share(found.highQuality(), found.samples())),
        "95 % interval: Clopper and Pearson's of " + found.samples() + " samples",
        List.of());
  }

  private static Interval share(double share, int count) {
    return ClopperPearson.interval((int) Math.round(share * count), count, LEVEL);
  }

  /** The place of each row in a random order. */
  private static int[] places(Seed seed, int side, int rows) {
    return seed.stream(STREAM, side).permutation(rows);
  }

  /** The rows whose place passes. */
  private static int[] rows(int[] places, IntPredicate passes) {
    return IntStream.range(0, places.length).filter(row -> passes.test(places[row])).toArray();
  }

  private static Interval frechet(Features real, Features fake, int[] ofReal, int[] ofFake) {
    double[] without = new double[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      int group = g;
      without[g] =
          distance(
              real.select(rows(ofReal, place -> place % GROUPS != group)),
              fake.select(rows(ofFake, place -> place % GROUPS != group)));
    }
    return Jackknife.of(distance(real, fake), without, LEVEL).interval();
  }

  private static double distance(Features real, Features fake) {
    return FrechetDistance.between(GaussianMoments.of(real), GaussianMoments.of(fake)).value();
  }

  private static Interval kernel(
      Features real, Features fake, int[] ofReal, int[] ofFake, Products products) {
    int[][] partsReal = new int[GROUPS + 1][];
    int[][] partsFake = new int[GROUPS + 1][];
    for (int g = 0; g <= GROUPS; g++) {
      int group = g; // the last one leaves out nothing
      partsReal[g] = rows(ofReal, place -> place % GROUPS != group);
      partsFake[g] = rows(ofFake, place -> place % GROUPS != group);
    }
    double[] found = KernelDistance.estimates(real, fake, partsReal, partsFake, products);
    return Jackknife.of(found[GROUPS], Arrays.copyOf(found, GROUPS), LEVEL).interval();
  }

  private static double infinite(Features real, Features fake, long seed) {
    double sum = 0;
    for (int division = 0; division < DIVISIONS; division++) {
      int[] ofReal = places(new Seed(seed), 2 + 2 * division, real.rows());
      int[] ofFake = places(new Seed(seed), 3 + 2 * division, fake.rows());
      for (int half = 0; half < 2; half++) {
        int parity = half;
        sum +=
            distance(
                real.select(rows(ofReal, place -> place % 2 == parity)),
                fake.select(rows(ofFake, place -> place % 2 == parity)));
      }
    }
    return 2 * distance(real, fake) - sum / (2 * DIVISIONS);
  }

  /** {@code frechet_distance_infinite}. */
  @Override
  public Map<String, Double> figures() {
    Figures figures = new Figures();
    infinite.forEach(value -> figures.with("frechet_distance_infinite", value));
    return figures.map();
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
