package dev.sparring.eval;

import dev.sparring.classify.Classifier;
import dev.sparring.classify.ClassifierExtractor;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.Mixture;
import dev.sparring.extract.Extractor;
import dev.sparring.metric.ClassCoverage;
import dev.sparring.metric.ClassifierScore;
import dev.sparring.metric.DensityCoverage;
import dev.sparring.metric.Features;
import dev.sparring.metric.FrechetDistance;
import dev.sparring.metric.GaussianMoments;
import dev.sparring.metric.InceptionScore;
import dev.sparring.metric.KernelDistance;
import dev.sparring.metric.MetricResult;
import dev.sparring.metric.ModeCoverage;
import dev.sparring.metric.MongeDistance;
import dev.sparring.metric.NeighborMetrics;
import dev.sparring.metric.PairDistance;
import dev.sparring.metric.PrecisionRecall;
import dev.sparring.metric.Products;
import dev.sparring.metric.SampleErrors;
import dev.sparring.network.Sampler;
import dev.sparring.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The quality of a generator's samples, with everything needed to reproduce the numbers.
 *
 * @param extractor name of the features, e.g. {@code pixels}
 * @param features how they were computed, in one line
 * @param made number of generated samples
 * @param real number of real samples that they were compared with
 * @param seed seed of the samples, of the choice of real samples and of the metrics' subsets
 * @param results the metrics
 */
public record Evaluation(
    String extractor, String features, int made, int real, long seed, List<MetricResult> results) {
  /** The number of samples in the papers on rings and grids (VEEGAN, PacGAN). */
  public static final int STANDARD_POINTS = 2500;

  /** Enough for small images; Fréchet distances of fewer samples have a larger bias. */
  public static final int STANDARD_IMAGES = 2000;

  /** What is measured on request only, since it takes several times as long. */
  public enum More {
    /**
     * 95 % intervals of figures, and the Fréchet distance without its bias: {@link SampleErrors}.
     */
    INTERVALS,
    /** {@link MongeDistance} of images. */
    MONGE
  }

  private static final List<String> OF_MODES =
      List.of("modes_hit", "high_quality", "reverse_kl", "reverse_kl_high_quality");

  private static final List<String> OF_FEATURES =
      List.of(
          "frechet_distance",
          "kernel_distance",
          "kernel_distance_std",
          "precision",
          "recall",
          "density",
          "coverage");

  private static final List<String> OF_PAIRS = List.of("pair_l1", "pair_l2");

  private static final List<String> OF_CLASSES =
      List.of("classes_hit", "class_reverse_kl", "classifier_score", "classifier_score_std");

  private static final int SUBSETS = 10;
  private static final int SUBSET = 500;

  /** Copies the results. */
  public Evaluation {
    results = List.copyOf(results);
  }

  /** Whether samples of that data are measured by modes. */
  static boolean isByModes(Data data) {
    return data instanceof Mixture;
  }

  /**
   * The names of all figures that measurements of such samples may have, in order.
   *
   * @param classes whether the extractor classifies
   */
  static List<String> figures(Data data, boolean classes) {
    if (isByModes(data)) {
      return OF_MODES;
    }
    List<String> figures = new ArrayList<>(OF_FEATURES);
    if (data.isPaired()) {
      figures.addAll(OF_PAIRS);
    }
    if (classes) {
      figures.addAll(OF_CLASSES);
    }
    return figures;
  }

  /** The usual number of samples for that data. */
  public static int standardCount(Data data) {
    return data instanceof Mixture ? STANDARD_POINTS : STANDARD_IMAGES;
  }

  /**
   * Measures a generator: samples of a {@link Mixture} by the modes they fall on ({@link
   * ModeCoverage}, no features needed); others by Frechet distance, kernel distance (10 subsets of
   * 500 samples, or of half of them if that is less), precision, recall, density and coverage of
   * their features, the last four with at most as many generated samples as real ones.
   *
   * @param data the recipe's data
   * @param real the same data, open; if it has more than {@code count} samples, {@code count} are
   *     drawn from it
   * @param extractor computes the features; not used for a mixture
   * @param count number of samples to generate, at least 2
   * @throws IllegalArgumentException if there are too few samples, or the extractor does not accept
   *     them, or the data is a mixture and the open data is not of it
   */
  public static Evaluation of(
      Sampler sampler, Data data, DataSet real, Extractor extractor, int count, long seed) {
    return of(sampler, data, real, extractor, count, seed, Set.of());
  }

  /**
   * The same with more.
   *
   * @throws IllegalArgumentException also if there are fewer than 40 images for intervals
   */
  public static Evaluation of(
      Sampler sampler,
      Data data,
      DataSet real,
      Extractor extractor,
      int count,
      long seed,
      Set<More> more) {
    requireCount(count);
    if (data instanceof Mixture mixture) {
      MixtureFit.require(mixture, real);
      Features points = Features.of(sampler.sample(count, seed), sampler.sampleShape().elements());
      ModeCoverage modes = ModeCoverage.of(points, mixture);
      List<MetricResult> results =
          more.contains(More.INTERVALS) ? List.of(modes, SampleErrors.of(modes)) : List.of(modes);
      return new Evaluation("points", "the points themselves", count, 0, seed, results);
    }
    return of(sampler, RealSamples.of(real, extractor, count, seed), count, more);
  }

  /**
   * Measures a generator against real samples that were prepared before, so that several
   * evaluations share them. A {@link ClassifierExtractor} adds class counts and a score ({@link
   * ClassCoverage}, {@link ClassifierScore}). Paired data adds the distance of generated samples
   * from their targets ({@link PairDistance}). Products of features are computed by the sampler's
   * engine where its precision is enough for the figure.
   *
   * @param real not of a {@link Mixture}; its extractor and its seed are the evaluation's
   * @param count number of samples to generate, at least 2
   * @throws IllegalArgumentException if there are too few samples, or the extractor does not accept
   *     them
   */
  public static Evaluation of(Sampler sampler, RealSamples real, int count) {
    return of(sampler, real, count, Set.of());
  }

  /**
   * The same with more.
   *
   * @throws IllegalArgumentException also if there are fewer than 40 samples for intervals
   */
  public static Evaluation of(Sampler sampler, RealSamples real, int count, Set<More> more) {
    requireCount(count);
    Extractor extractor = real.extractor();
    requireNeighbors(Math.min(count, real.features().rows()));
    extractor.check(sampler.sampleShape());
    float[] made = sampler.sample(count, real.seed());
    List<MetricResult> others = new ArrayList<>();
    List<UnaryOperator<SampleErrors>> errors = new ArrayList<>();
    if (sampler.isPaired()) {
      float[] targets = sampler.targets(count, real.seed());
      PairDistance pairs = PairDistance.between(made, targets, count);
      others.add(pairs);
      errors.add(found -> found.and(pairs, made, targets));
    }
    Features fake;
    if (extractor instanceof ClassifierExtractor own) {
      Classifier.Outputs outputs = own.classifier().outputs(made, sampler.sampleShape());
      fake = outputs.features();
      ClassCoverage classes =
          ClassCoverage.of(Classifier.largest(outputs.logits()), own.classifier().classes());
      Features probabilities = outputs.logits().softmax();
      InceptionScore.Protocol splits = InceptionScore.Protocol.standard();
      ClassifierScore score =
          ClassifierScore.of(probabilities, splits.splits(Math.min(splits.splits(), count)));
      others.add(classes);
      others.add(score);
      errors.add(found -> found.and(classes, score, probabilities, real.seed()));
    } else {
      fake = extractor.features(made, sampler.sampleShape());
    }
    Features actual = real.features();
    KernelDistance.Protocol protocol =
        KernelDistance.Protocol.standard()
            .subsets(SUBSETS)
            .size(Math.min(SUBSET, Math.max(2, Math.min(actual.rows(), fake.rows()) / 2)))
            .seed(new Seed(real.seed()));
    List<MetricResult> results = new ArrayList<>();
    results.add(FrechetDistance.between(real.moments(), GaussianMoments.of(fake)));
    Products products = EngineProducts.of(sampler.engine());
    results.add(KernelDistance.between(actual, fake, protocol, products.precise()));
    NeighborMetrics neighbors =
        NeighborMetrics.between(actual, first(fake, actual.rows()), products);
    results.add(neighbors);
    if (more.contains(More.MONGE)) {
      int directions = MongeDistance.STANDARD_DIRECTIONS;
      MongeDistance monge =
          MongeDistance.between(actual, fake, directions, real.seed(), products.precise());
      results.add(monge);
      errors.add(found -> found.and(monge, actual, fake, products));
    }
    if (more.contains(More.INTERVALS)) {
      SampleErrors all = SampleErrors.of(actual, fake, neighbors, products, real.seed());
      for (UnaryOperator<SampleErrors> next : errors) {
        all = next.apply(all);
      }
      results.add(all);
    }
    results.addAll(others);
    return new Evaluation(
        extractor.name(), extractor.conditions(), count, actual.rows(), real.seed(), results);
  }

  /**
   * Checks that there are enough images to measure.
   *
   * @param count the smaller of the numbers of generated and of real images
   */
  static void requireNeighbors(int count) {
    int k = Math.max(PrecisionRecall.STANDARD_K, DensityCoverage.STANDARD_K);
    if (count <= k) {
      throw new IllegalArgumentException(
          "images are measured by their "
              + k
              + " nearest neighbours, so there must be at least "
              + (k + 1)
              + " real and generated ones, got "
              + count);
    }
  }

  private static void requireCount(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("there must be at least 2 samples, got " + count);
    }
  }

  /**
   * Coverage rises with the number of generated samples, so there must not be more of them than
   * real ones.
   */
  private static Features first(Features fake, int count) {
    return fake.rows() <= count ? fake : fake.select(IntStream.range(0, count).toArray());
  }
}
