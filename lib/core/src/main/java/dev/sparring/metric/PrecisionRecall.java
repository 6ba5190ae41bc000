package dev.sparring.metric;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Improved precision and recall (Kynkäänniemi et al., arXiv:1904.06991, equations 1 and 2): the
 * share of fake samples that lie in a ball about some real sample, and the share of real samples
 * that lie in a ball about some fake one. A ball reaches to its centre's k-th nearest neighbour of
 * the same set, and includes its surface ({@code <=}).
 *
 * <p>Each from 0 to 1; higher is better. Two sets of one distribution do not reach 1. An outlier
 * has a large ball, which makes the other measure too good, the more so with few samples; the
 * papers compare 50,000 of each. Computed by {@link NeighborMetrics}.
 *
 * @param precision share of fake samples that look real
 * @param recall share of real samples that the generator covers
 * @param k the number of the neighbour whose distance is the radius, not counting the sample itself
 * @param realCount real samples
 * @param fakeCount fake samples
 */
public record PrecisionRecall(double precision, double recall, int k, int realCount, int fakeCount)
    implements MetricResult {
  /** The paper's neighbour. */
  public static final int STANDARD_K = 3;

  /** {@code precision} and {@code recall}. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("precision", precision).with("recall", recall).map();
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "precision and recall: k = %d without self, <=, distances in float64, %d real and %d fake"
            + " samples",
        k,
        realCount,
        fakeCount);
  }

  @Override
  public List<String> warnings() {
    return Figures.unequalCounts(realCount, fakeCount, "precision and recall do not compare");
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
