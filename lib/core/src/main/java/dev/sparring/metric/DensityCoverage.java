package dev.sparring.metric;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Density and coverage (Naeem et al., arXiv:2002.09797, section 3.2), with balls about the real
 * samples only, each to its centre's k-th nearest real neighbour, without its surface ({@code <}):
 * density is the number of balls that contain a fake sample, divided by k, averaged over fake
 * samples; coverage is the share of balls that contain a fake sample.
 *
 * <p>Density is 0 or more, and may exceed 1 if fake samples are concentrated where real ones are
 * dense; coverage is from 0 to 1. Higher is better. For two sets of n samples of one continuous
 * distribution the expected density is 1, the expected coverage 1 - (n-1)...(n-k) /
 * ((2n-1)...(2n-k)), which is about 1 - 2^-k; coverage rises with the number of fake samples for
 * each real one. Computed by {@link NeighborMetrics}.
 *
 * @param density density of fake samples near real ones
 * @param coverage share of real samples with a fake one nearby
 * @param k the number of the neighbour whose distance is the radius, not counting the sample itself
 * @param realCount real samples
 * @param fakeCount fake samples
 */
public record DensityCoverage(double density, double coverage, int k, int realCount, int fakeCount)
    implements MetricResult {
  /** The paper's neighbour. */
  public static final int STANDARD_K = 5;

  /** {@code density} and {@code coverage}. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("density", density).with("coverage", coverage).map();
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "density and coverage: k = %d without self, <, distances in float64, %d real and %d fake"
            + " samples",
        k,
        realCount,
        fakeCount);
  }

  @Override
  public List<String> warnings() {
    return Figures.unequalCounts(
        realCount, fakeCount, "coverage rises with the number of fake ones");
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
