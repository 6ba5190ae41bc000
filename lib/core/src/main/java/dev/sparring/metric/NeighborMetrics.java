package dev.sparring.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of nearest neighbours, which share their distances: {@link PrecisionRecall} and
 * {@link DensityCoverage}.
 *
 * <p>Distances are Euclidean, from sums of squared differences in double precision, in blocks:
 * memory grows with the number of samples, work with its square, some 2 n^2 d multiplications for n
 * samples on either side. With {@link Products} of a numerical library most pairs are decided by
 * bounds from their products and only the rest by their distances: the same bits, much faster. A
 * sample is not its own neighbour; other samples equal to it are, at distance 0.
 *
 * @param precisionRecall precision and recall
 * @param densityCoverage density and coverage
 */
public record NeighborMetrics(PrecisionRecall precisionRecall, DensityCoverage densityCoverage)
    implements MetricResult {
  /**
   * With the papers' numbers of neighbours: 3 for precision and recall, 5 for density and coverage.
   */
  public static NeighborMetrics between(Features real, Features fake) {
    return between(real, fake, PrecisionRecall.STANDARD_K, DensityCoverage.STANDARD_K);
  }

  /** The same figures, faster. */
  public static NeighborMetrics between(Features real, Features fake, Products products) {
    return between(real, fake, PrecisionRecall.STANDARD_K, DensityCoverage.STANDARD_K, products);
  }

  /**
   * The metrics.
   *
   * @param precisionK number of the neighbour whose distance is the radius for precision and recall
   * @param densityK the same for density and coverage
   * @throws IllegalArgumentException if the numbers of features differ, or there are not more
   *     samples than neighbours
   */
  public static NeighborMetrics between(
      Features real, Features fake, int precisionK, int densityK) {
    check(real, fake, precisionK, densityK);
    Neighbors ofReal = Neighbors.of(real, Math.max(precisionK, densityK));
    double[] closed = ofReal.squaredRadii(precisionK);
    double[] ofFake = Neighbors.of(fake, precisionK).squaredRadii(precisionK);
    Balls balls = Balls.compare(real, fake, closed, ofFake, ofReal.squaredRadii(densityK));
    return of(balls, real, fake, precisionK, densityK);
  }

  /** The same figures, bit for bit, faster. */
  public static NeighborMetrics between(
      Features real, Features fake, int precisionK, int densityK, Products products) {
    check(real, fake, precisionK, densityK);
    Neighbors ofReal = Neighbors.of(real, Math.max(precisionK, densityK), products);
    double[] closed = ofReal.squaredRadii(precisionK);
    double[] ofFake = Neighbors.of(fake, precisionK, products).squaredRadii(precisionK);
    Balls balls =
        Balls.compare(real, fake, closed, ofFake, ofReal.squaredRadii(densityK), products);
    return of(balls, real, fake, precisionK, densityK);
  }

  private static NeighborMetrics of(
      Balls balls, Features real, Features fake, int precisionK, int densityK) {
    int n = real.rows();
    int m = fake.rows();
    return new NeighborMetrics(
        new PrecisionRecall(
            (double) balls.fakeInside() / m, (double) balls.realInside() / n, precisionK, n, m),
        new DensityCoverage(
            balls.hits() / ((double) densityK * m), (double) balls.hit() / n, densityK, n, m));
  }

  private static void check(Features real, Features fake, int precisionK, int densityK) {
    Figures.checkSameColumns("neighbor metrics", real.columns(), fake.columns());
    checkNeighbors("real", real.rows(), precisionK);
    checkNeighbors("real", real.rows(), densityK);
    checkNeighbors("fake", fake.rows(), precisionK);
  }

  private static void checkNeighbors(String which, int rows, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("neighbor metrics: k must be >= 1, got " + k);
    }
    if (rows <= k) {
      throw new IllegalArgumentException(
          "neighbor metrics: k = "
              + k
              + " needs more than "
              + k
              + " "
              + which
              + " samples, got "
              + rows);
    }
  }

  /** {@code precision}, {@code recall}, {@code density} and {@code coverage}. */
  @Override
  public Map<String, Double> figures() {
    Map<String, Double> all = new LinkedHashMap<>(precisionRecall.figures());
    all.putAll(densityCoverage.figures());
    return all;
  }

  @Override
  public String conditions() {
    return precisionRecall.conditions() + "; " + densityCoverage.conditions();
  }

  @Override
  public List<String> warnings() {
    List<String> all = new ArrayList<>(precisionRecall.warnings());
    all.addAll(densityCoverage.warnings());
    return all;
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
