package dev.sparring.metric;

import dev.sparring.random.Seed;
import dev.sparring.statistics.ClopperPearson;
import dev.sparring.statistics.Interval;
import dev.sparring.statistics.Jackknife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much figures of samples would differ with other samples of the same distributions, as 95 %
 * intervals, and how much of a Fréchet distance comes from the number of samples.
 *
 * <ul>
 *   <li>{@code frechet_distance}, {@code kernel_distance}, {@code density} and {@code
 *       monge_distance}: {@link Jackknife} of 20 groups of real and generated samples. Resamples
 *       (bootstrap) have samples twice, which changes all of these. The intervals of the Fréchet
 *       and the Monge distance are of the distance at this number of samples, with its bias; that
 *       of the kernel distance is about the unbiased estimate of all samples, and for equal
 *       distributions wider than it need be, since the estimate is degenerate there.
 *   <li>{@code precision}, {@code recall}, {@code coverage}, and {@code high_quality} of points:
 *       {@link ClopperPearson} of the share, the balls being what they are.
 *   <li>{@code reverse_kl}, {@code reverse_kl_high_quality} and {@code class_reverse_kl}: jackknife
 *       of single samples, of the divergence at this number of samples, with its bias; wider than
 *       need be near 0, where it is degenerate. {@code classifier_score}: of 20 groups.
 *   <li>{@code pair_l1} and {@code pair_l2}: jackknife of single pairs, which is Student's interval
 *       of a mean.
 *   <li>{@code modes_hit} and {@code classes_hit} have none: they are counts of what was met, which
 *       a part of the samples can only miss. Deviations over subsets or splits have none either.
 *   <li>{@code frechet_distance_infinite}: what the Fréchet distance tends to with the number of
 *       samples, 2 F(n) - F(n / 2), since its bias falls as 1 / n (Chong and Forsyth,
 *       arXiv:1911.07023, who fit a line through more sizes of generated samples; here real ones
 *       are halved too, so that the bias of both goes). F(n / 2) is the mean over both halves of
 *       four divisions. It may be negative for distributions that are nearly equal, and has no
 *       interval.
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
  private static final int GROUPS = JackknifeGroups.GROUPS;
  private static final int DIVISIONS = 4;

  /** Copies the collections. */
  public SampleErrors {
    infinite = List.copyOf(infinite);
    intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    warnings = List.copyOf(warnings);
  }

  /**
   * The errors of the figures of features.
   *
   * @param found precision, recall, density and coverage of all real samples, and of generated
   *     ones, the first if there are more
   * @param products used where their precision is enough
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
    JackknifeGroups ofReal = JackknifeGroups.of(new Seed(seed), 0, real.rows());
    JackknifeGroups ofFake = JackknifeGroups.of(new Seed(seed), 1, fake.rows());
    Map<String, Interval> intervals = new LinkedHashMap<>();
    intervals.put("frechet_distance", frechet(real, fake, ofReal, ofFake));
    intervals.put("kernel_distance", kernel(real, fake, ofReal, ofFake, products.precise()));
    PrecisionRecall shares = found.precisionRecall();
    intervals.put("precision", share(shares.precision(), shares.fakeCount()));
    intervals.put("recall", share(shares.recall(), shares.realCount()));
    DensityCoverage covered = found.densityCoverage();
    intervals.put("density", density(real, fake, ofReal, ofFake, covered, products));
    intervals.put("coverage", share(covered.coverage(), covered.realCount()));
    boolean isEnough = least / 2 > real.columns();
    return new SampleErrors(
        isEnough ? List.of(infinite(real, fake, seed)) : List.of(),
        intervals,
        String.format(
            Locale.ROOT,
            "95 %% intervals: jackknife of %d groups of real and fake samples for distances, density"
                + " and scores, Clopper and Pearson's of shares; frechet_distance_infinite from %d"
                + " divisions of %d real and %d fake samples in halves; seed %d",
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
    Map<String, Interval> intervals = new LinkedHashMap<>();
    intervals.put("high_quality", share(found.highQuality(), found.samples()));
    divergence(found.counts()).ifPresent(it -> intervals.put("reverse_kl", it));
    divergence(found.highQualityCounts())
        .ifPresent(it -> intervals.put("reverse_kl_high_quality", it));
    return new SampleErrors(
        List.of(),
        intervals,
        "95 % intervals: Clopper and Pearson's of the share of "
            + found.samples()
            + " samples, jackknife of single samples for divergences; none of modes_hit, a count",
        List.of());
  }

  /**
   * These and the error of a Monge distance of the same features.
   *
   * @param products used if their precision is enough
   */
  public SampleErrors and(MongeDistance found, Features real, Features fake, Products products) {
    double[] without = found.withoutGroups(real, fake, products.precise());
    return with(Map.of("monge_distance", JackknifeGroups.interval(found.value(), without)), "");
  }

  /** These and the errors of distances of samples from their targets. */
  public SampleErrors and(PairDistance found, float[] made, float[] targets) {
    Map<String, Interval> more = new LinkedHashMap<>();
    int size = made.length / found.samples();
    double[] absolute = new double[found.samples()];
    double[] squared = new double[found.samples()];
    for (int i = 0; i < made.length; i++) {
      double difference = (double) made[i] - targets[i];
      absolute[i / size] += Math.abs(difference) / size;
      squared[i / size] += difference * difference / size;
    }
    more.put("pair_l1", mean(found.absolute(), absolute));
    more.put("pair_l2", mean(found.squared(), squared));
    return with(more, "; jackknife of single pairs for pair_l1 and pair_l2");
  }

  /**
   * These and the errors of figures of classes.
   *
   * @param probabilities of the classes, as the score has them
   * @param seed of groups
   */
  public SampleErrors and(
      ClassCoverage found, ClassifierScore score, Features probabilities, long seed) {
    Map<String, Interval> more = new LinkedHashMap<>();
    divergence(found.counts()).ifPresent(it -> more.put("class_reverse_kl", it));
    JackknifeGroups groups = JackknifeGroups.of(new Seed(seed), 1, probabilities.rows());
    double[] without = new double[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      Features part = probabilities.select(groups.without(g));
      without[g] = InceptionScore.of(part, score.score().protocol()).mean();
    }
    more.put("classifier_score", JackknifeGroups.interval(score.score().mean(), without));
    return with(
        more, "; jackknife of single samples for class_reverse_kl; none of classes_hit, a count");
  }

  private SampleErrors with(Map<String, Interval> more, String condition) {
    Map<String, Interval> all = new LinkedHashMap<>(intervals);
    all.putAll(more);
    return new SampleErrors(infinite, all, conditions + condition, warnings);
  }

  private static Interval share(double share, int count) {
    return ClopperPearson.interval((int) Math.round(share * count), count, JackknifeGroups.LEVEL);
  }

  /** What leaving out each single value does to a mean. */
  private static Interval mean(double mean, double[] values) {
    double[] without = new double[values.length];
    Arrays.setAll(without, i -> mean - (values[i] - mean) / (values.length - 1));
    return JackknifeGroups.interval(mean, without);
  }

  /** Of counts, leaving out each single sample; samples that count alike are left out alike. */
  private static Optional<Interval> divergence(List<Integer> counts) {
    int total = Histogram.total(counts);
    if (total < 2) {
      return Optional.empty();
    }
    double[] without = new double[total];
    int at = 0;
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) == 0) {
        continue;
      }
      List<Integer> less = new ArrayList<>(counts);
      less.set(i, counts.get(i) - 1);
      Arrays.fill(without, at, at + counts.get(i), Histogram.reverseKl(less).orElseThrow());
      at += counts.get(i);
    }
    double all = Histogram.reverseKl(counts).orElseThrow();
    return Optional.of(JackknifeGroups.interval(all, without));
  }

  private static Interval density(
      Features real,
      Features fake,
      JackknifeGroups ofReal,
      JackknifeGroups ofFake,
      DensityCoverage found,
      Products products) {
    int compared = found.fakeCount();
    Features first = fake.select(IntStream.range(0, compared).toArray());
    JackknifeGroups ofFirst = new JackknifeGroups(Arrays.copyOf(ofFake.group(), compared));
    double[] without =
        new DensityWithout(real, first, ofReal, ofFirst, found.k()).densities(products);
    return JackknifeGroups.interval(found.density(), without);
  }

  private static Interval frechet(
      Features real, Features fake, JackknifeGroups ofReal, JackknifeGroups ofFake) {
    double[] without = new double[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      without[g] = distance(real.select(ofReal.without(g)), fake.select(ofFake.without(g)));
    }
    return JackknifeGroups.interval(distance(real, fake), without);
  }

  private static double distance(Features real, Features fake) {
    return FrechetDistance.between(GaussianMoments.of(real), GaussianMoments.of(fake)).value();
  }

  private static Interval kernel(
      Features real,
      Features fake,
      JackknifeGroups ofReal,
      JackknifeGroups ofFake,
      Products products) {
    int[][] partsReal = new int[GROUPS + 1][];
    int[][] partsFake = new int[GROUPS + 1][];
    // The last one leaves out nothing.
    for (int g = 0; g <= JackknifeGroups.NONE; g++) {
      partsReal[g] = ofReal.without(g);
      partsFake[g] = ofFake.without(g);
    }
    double[] found = KernelDistance.estimates(real, fake, partsReal, partsFake, products);
    return JackknifeGroups.interval(found[GROUPS], Arrays.copyOf(found, GROUPS));
  }

  private static double infinite(Features real, Features fake, long seed) {
    double sum = 0;
    for (int division = 0; division < DIVISIONS; division++) {
      int[] ofReal = JackknifeGroups.places(new Seed(seed), 2 + 2 * division, real.rows());
      int[] ofFake = JackknifeGroups.places(new Seed(seed), 3 + 2 * division, fake.rows());
      for (int half = 0; half < 2; half++) {
        sum += distance(real.select(half(ofReal, half)), fake.select(half(ofFake, half)));
      }
    }
    return 2 * distance(real, fake) - sum / (2 * DIVISIONS);
  }

  private static int[] half(int[] places, int parity) {
    return IntStream.range(0, places.length).filter(row -> places[row] % 2 == parity).toArray();
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
