package dev.sparring.metric;

import dev.sparring.data.Mixture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How samples are distributed over the modes of a mixture of round normal distributions: the
 * measures of VEEGAN (Srivastava et al., arXiv:1705.07761) and PacGAN (Lin et al.,
 * arXiv:1712.04086) for the 2D-ring and the 2D-grid. Those papers take 2500 samples.
 *
 * <ul>
 *   <li>Every sample belongs to the mode whose mean is nearest, the first of equally near ones. It
 *       is of <b>high quality</b> if it lies less than 3 standard deviations from that mean; each
 *       mode has the same deviation along each axis, so that is 3 times the deviation in Euclidean
 *       distance.
 *   <li>A mode is <b>hit</b> if at least one sample of high quality belongs to it.
 *   <li><b>Reverse KL</b> is the divergence of the histogram q of samples over the K modes from the
 *       uniform one, KL(q || u) = sum of q_k log(K q_k), in nats, from 0 (even) to log K (one mode
 *       only). PacGAN's text assigns every sample to its nearest mode, {@link #reverseKl}; what the
 *       authors' published program logs is a histogram of the samples of high quality alone, {@link
 *       #reverseKlHighQuality}. The paper compares with the histogram of real samples, which tends
 *       to the uniform one that is taken here.
 * </ul>
 *
 * <p>Samples of the mixture itself do not reach a share of 1: in the plane 98.9 % of them lie
 * within 3 deviations (1 - exp(-9/2)); and their reverse KL is about (K - 1) / (2 n) for n samples,
 * not 0.
 *
 * @param counts samples that belong to each mode, in order of the means
 * @param highQualityCounts the number of them of high quality
 * @param deviation of each mode along each axis
 * @param threshold number of deviations within which samples are of high quality
 */
public record ModeCoverage(
    List<Integer> counts, List<Integer> highQualityCounts, double deviation, double threshold)
    implements MetricResult {
  /** Deviations within which a sample is of high quality. */
  public static final double STANDARD_THRESHOLD = 3;

  /** Checks and copies the counts. */
  public ModeCoverage {
    counts = Histogram.copy("mode coverage", counts);
    highQualityCounts = List.copyOf(highQualityCounts);
    if (highQualityCounts.size() != counts.size()) {
      throw new IllegalArgumentException(
          "mode coverage: there are "
              + counts.size()
              + " modes, but "
              + highQualityCounts.size()
              + " counts of high quality");
    }
  }

  /**
   * Compares points with the mixture that they should come from.
   *
   * @param points (samples, 2)
   */
  public static ModeCoverage of(Features points, Mixture mixture) {
    return of(points, mixture.centres(), mixture.deviation(), STANDARD_THRESHOLD);
  }

  /**
   * Compares points with means.
   *
   * @param points (samples, d)
   * @param centres (modes, d), the means
   * @param deviation the standard deviation of each mode along each axis
   * @param threshold deviations within which a sample is of high quality
   * @throws IllegalArgumentException if there are no means, means and points have different
   *     dimensions, or deviation or threshold is not above 0 and finite
   */
  public static ModeCoverage of(
      Features points, double[][] centres, double deviation, double threshold) {
    checkPositive("deviation", deviation);
    checkPositive("threshold", threshold);
    if (centres.length == 0) {
      throw new IllegalArgumentException("mode coverage: there must be at least 1 mode, got none");
    }
    for (int k = 0; k < centres.length; k++) {
      if (centres[k].length != points.columns()) {
        throw new IllegalArgumentException(
            "mode coverage: points have "
                + points.columns()
                + " dimensions, mode "
                + k
                + " has "
                + centres[k].length);
      }
    }
    int[] counts = new int[centres.length];
    int[] highQuality = new int[centres.length];
    double reach = threshold * deviation * threshold * deviation;
    for (int row = 0; row < points.rows(); row++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < centres.length; k++) {
        double distance = squaredDistance(points, row, centres[k]);
        if (distance < least) {
          least = distance;
          nearest = k;
        }
      }
      counts[nearest]++;
      if (least < reach) {
        highQuality[nearest]++;
      }
    }
    return new ModeCoverage(
        Histogram.list(counts), Histogram.list(highQuality), deviation, threshold);
  }

  private static void checkPositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "mode coverage: " + name + " must be > 0 and finite, got " + value);
    }
  }

  private static double squaredDistance(Features points, int row, double[] centre) {
    double sum = 0;
    for (int c = 0; c < centre.length; c++) {
      double difference = points.get(row, c) - centre[c];
      sum += difference * difference;
    }
    return sum;
  }

  /** The number of modes, K. */
  public int modes() {
    return counts.size();
  }

  /** The number of samples. */
  public int samples() {
    return Histogram.total(counts);
  }

  /** The number of modes with a sample of high quality. */
  public int modesHit() {
    return Histogram.occupied(highQualityCounts);
  }

  /** The share of samples of high quality, from 0 to 1. */
  public double highQuality() {
    return (double) Histogram.total(highQualityCounts) / samples();
  }

  /** KL(q || uniform) in nats, q over all samples. */
  public double reverseKl() {
    return Histogram.reverseKl(counts).orElseThrow();
  }

  /** KL(q || uniform) in nats, q over the samples of high quality; absent where there is none. */
  public OptionalDouble reverseKlHighQuality() {
    return Histogram.reverseKl(highQualityCounts);
  }

  /**
   * {@code modes_hit}, {@code high_quality}, {@code reverse_kl}, and {@code
   * reverse_kl_high_quality} where there is a sample of high quality.
   */
  @Override
  public Map<String, Double> figures() {
    return new Figures()
        .with("modes_hit", modesHit())
        .with("high_quality", highQuality())
        .with("reverse_kl", reverseKl())
        .with("reverse_kl_high_quality", reverseKlHighQuality())
        .map();
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "%d samples, %d modes, high quality below %s deviations of %s",
        samples(),
        modes(),
        threshold,
        deviation);
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
