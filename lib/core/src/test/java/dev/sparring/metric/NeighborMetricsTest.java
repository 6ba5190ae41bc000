package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NeighborMetricsTest {
  private static Features line(double... points) {
    return Features.of(points, 1);
  }

  /**
   * Real 0, 1, 3, 7 with k = 1: radii 1, 1, 2, 4. Fake 0.5, 2, 5, 20 with k = 1: radii 1.5, 1.5, 3,
   * 15.
   */
  @Test
  void byHand() {
    NeighborMetrics m = NeighborMetrics.between(line(0, 1, 3, 7), line(0.5, 2, 5, 20), 1, 1);
    // 0.5 in [-1, 1], 2 in [0, 2] by its edge, 5 in [1, 5] by its edge and in [3, 11].
    assertEquals(0.75, m.precisionRecall().precision());
    // 0 and 1 in [-1, 2], 3 in [0.5, 3.5], 7 in [2, 8].
    assertEquals(1, m.precisionRecall().recall());
    // Open balls: 0.5 in two, 2 in (1, 5) only, 5 in (3, 11) only.
    assertEquals((2 + 1 + 1) / 4.0, m.densityCoverage().density());
    assertEquals(1, m.densityCoverage().coverage());
  }

  /** On a line of equal steps both neighbours lie on the ball's edge: in if closed, out if open. */
  @Test
  void ballsAreClosedForPrecisionAndOpenForDensity() {
    NeighborMetrics m = NeighborMetrics.between(line(0, 1, 2, 3), line(-1, 4, 9, 14), 1, 1);
    assertEquals(0.5, m.precisionRecall().precision());
    assertEquals(1, m.precisionRecall().recall());
    assertEquals(0, m.densityCoverage().density());
    assertEquals(0, m.densityCoverage().coverage());
  }

  @Property(tries = 40)
  void ofASetWithItself(
      @ForAll long seed,
      @ForAll @IntRange(min = 7, max = 150) int n,
      @ForAll @IntRange(min = 1, max = 5) int d,
      @ForAll @IntRange(min = 1, max = 6) int k) {
    Features x = Samples.correlated(seed, n, d);
    NeighborMetrics m = NeighborMetrics.between(x, x, k, k);
    assertEquals(1, m.precisionRecall().precision());
    assertEquals(1, m.precisionRecall().recall());
    // In each open ball lie its centre and k - 1 neighbours: n k hits, divided by n k.
    assertEquals(1, m.densityCoverage().density(), 1e-14);
    assertEquals(1, m.densityCoverage().coverage());
  }

  @Property(tries = 40)
  void turningBothSetsRoundExchangesPrecisionAndRecall(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 140) int n) {
    Features x = Samples.normal(seed, n, 3);
    Features y = Samples.normal(seed + 1, 70, 3, 0.5, 1);
    PrecisionRecall forth = NeighborMetrics.between(x, y, 3, 1).precisionRecall();
    PrecisionRecall back = NeighborMetrics.between(y, x, 3, 1).precisionRecall();
    assertEquals(forth.precision(), back.recall());
    assertEquals(forth.recall(), back.precision());
  }

  /** Density 1 and coverage 1 - (n-1)...(n-k) / ((2n-1)...(2n-k)) are what the paper derives. */
  @Test
  void expectationsForEqualDistributions() {
    int n = 60;
    int k = 5;
    int trials = 150;
    double[] densities = new double[trials];
    double[] coverages = new double[trials];
    for (int t = 0; t < trials; t++) {
      DensityCoverage dc =
          NeighborMetrics.between(Samples.normal(2L * t, n, 2), Samples.normal(2L * t + 1, n, 2))
              .densityCoverage();
      densities[t] = dc.density();
      coverages[t] = dc.coverage();
    }
    double missed = 1;
    for (int i = 1; i <= k; i++) {
      missed *= (double) (n - i) / (2 * n - i);
    }
    assertMean(1, densities);
    assertMean(1 - missed, coverages);
  }

  private static void assertMean(double expected, double[] values) {
    Spread spread = Spread.of(values);
    assertEquals(
        expected, spread.mean(), 3.5 * spread.deviation().getAsDouble() / Math.sqrt(values.length));
  }

  @Test
  void duplicatesOfASampleAreItsNeighbors() {
    // k = 1: radius 0 for the twins, so only what equals them lies in their closed balls.
    NeighborMetrics m = NeighborMetrics.between(line(1, 1, 9), line(1, 1.5, 30), 1, 1);
    assertEquals(2 / 3.0, m.precisionRecall().precision());
    assertEquals(1 / 3.0, m.densityCoverage().coverage());
  }

  @Test
  void theResultTellsEverythingAboutItself() {
    NeighborMetrics m =
        new NeighborMetrics(
            new PrecisionRecall(0.5, 0.25, 3, 40, 40), new DensityCoverage(2, 1, 5, 40, 40));
    assertEquals(
        "precision 0.500000, recall 0.250000, density 2, coverage 1 (precision and"
            + " recall: k = 3 without self, <=, distances in float64, 40 real and 40 fake samples; density"
            + " and coverage: k = 5 without self, <, distances in float64, 40 real and 40 fake samples)",
        m.toString());
    assertEquals(
        Map.of("precision", 0.5, "recall", 0.25, "density", 2.0, "coverage", 1.0), m.figures());
    assertEquals(
        List.of("40 real samples but 30 fake ones: precision and recall do not compare"),
        new PrecisionRecall(0.5, 0.25, 3, 40, 30).warnings());
    assertEquals(
        List.of("40 real samples but 50 fake ones: coverage rises with the number of fake ones"),
        new DensityCoverage(0.5, 0.25, 3, 40, 50).warnings());
    assertEquals(
        2,
        NeighborMetrics.between(Samples.normal(1, 9, 2), Samples.normal(1, 8, 2))
            .warnings()
            .size());
  }

  @Test
  void refusals() {
    Features x = line(1, 2, 3, 4, 5, 6);
    Features few = line(1, 2, 3);
    refuses(
        "neighbor metrics: k = 5 needs more than 5 real samples, got 3",
        () -> NeighborMetrics.between(few, x, 2, 5));
    refuses(
        "neighbor metrics: k = 3 needs more than 3 fake samples, got 3",
        () -> NeighborMetrics.between(x, few));
    refuses("neighbor metrics: k must be >= 1, got 0", () -> NeighborMetrics.between(x, x, 0, 5));
    refuses("neighbor metrics: k must be >= 1, got -1", () -> NeighborMetrics.between(x, x, 3, -1));
    refuses(
        "neighbor metrics: real samples have 1 features, fake ones 2; one extractor must make both",
        () -> NeighborMetrics.between(x, Samples.normal(1, 9, 2)));
  }
}
