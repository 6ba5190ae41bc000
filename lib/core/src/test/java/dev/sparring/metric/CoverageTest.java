package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.DataSet;
import dev.sparring.data.Grid;
import dev.sparring.data.Mixture;
import dev.sparring.data.Ring;
import dev.sparring.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static Features points(DataSet data) {
    float[] values = new float[2 * data.size()];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, values, 2 * i);
    }
    return Features.of(values, 2);
  }

  /** In the plane a share exp(-9/2) of a round normal distribution lies beyond 3 deviations. */
  private static void assertTrueData(Features points, Mixture mixture) {
    ModeCoverage coverage = ModeCoverage.of(points, mixture);
    int modes = mixture.centres().length;
    int n = points.rows();
    double expected = 1 - Math.exp(-4.5);
    assertEquals(modes, coverage.modes());
    assertEquals(modes, coverage.modesHit());
    assertEquals(n, coverage.samples());
    assertEquals(expected, coverage.highQuality(), 4 * Math.sqrt(expected * (1 - expected) / n));
    // 2 n KL is chi-squared with modes - 1 degrees of freedom.
    assertEquals(
        (modes - 1) / (2.0 * n), coverage.reverseKl(), 4 * Math.sqrt(2.0 * (modes - 1)) / (2 * n));
    assertTrue(coverage.reverseKl() > 0);
  }

  @Test
  void trueDataHitsEveryMode() {
    Ring ring = Ring.ring().points(10_000);
    assertTrueData(points(ring.open(new Seed(1), text -> {})), ring);
    Grid grid = Grid.grid().points(10_000);
    assertTrueData(points(grid.open(new Seed(2), text -> {})), grid);
  }

  @Test
  void oneSampleOfHighQualityHitsAMode() {
    Features points = Features.of(new double[] {1, 0, 1.0299, 0, 0, 1.0301, 0.5, 0.1}, 2);
    ModeCoverage c = ModeCoverage.of(points, Ring.ring());
    assertEquals(List.of(3, 0, 1, 0, 0, 0, 0, 0), c.counts());
    assertEquals(List.of(2, 0, 0, 0, 0, 0, 0, 0), c.highQualityCounts());
    assertEquals(1, c.modesHit());
    assertEquals(0.5, c.highQuality());
    // 3/4 log(8 * 3/4) + 1/4 log(8 * 1/4)
    assertEquals(0.75 * Math.log(6) + 0.25 * Math.log(2), c.reverseKl(), 1e-14);
    assertEquals(Math.log(8), c.reverseKlHighQuality().getAsDouble(), 1e-14);
  }

  @Test
  void theEdgeIsOutsideAndTiesGoToTheFirst() {
    double[][] centres = {{-4}, {4}};
    ModeCoverage c = ModeCoverage.of(Features.of(new double[] {0, 1}, 1), centres, 1, 3);
    assertEquals(List.of(1, 1), c.counts());
    assertEquals(List.of(0, 0), c.highQualityCounts());
    assertEquals(0, c.reverseKl());
    assertTrue(c.reverseKlHighQuality().isEmpty());
    assertEquals(
        List.of("modes_hit", "high_quality", "reverse_kl"), List.copyOf(c.figures().keySet()));
  }

  @Test
  void classesAreCounted() {
    ClassCoverage c = ClassCoverage.of(new int[] {2, 0, 2, 2}, 4);
    assertEquals(List.of(1, 0, 3, 0), c.counts());
    assertEquals(4, c.classes());
    assertEquals(2, c.classesHit());
    assertEquals(0.75 * Math.log(3), c.reverseKl(), 1e-14);
    assertEquals(Map.of("classes_hit", 2.0, "class_reverse_kl", c.reverseKl()), c.figures());
  }

  @Test
  void evenCountsHaveNoDivergence() {
    for (int k = 1; k < 60; k++) {
      double kl =
          ClassCoverage.of(IntStream.range(0, 7 * k).map(i -> i / 7).toArray(), k).reverseKl();
      assertTrue(kl >= 0 && kl < 1e-14, () -> "divergence " + kl);
    }
  }

  @Test
  void theResultTellsEverythingAboutItself() {
    ModeCoverage m = new ModeCoverage(List.of(3, 1), List.of(2, 0), 0.05, 3);
    assertEquals(
        "modes_hit 1, high_quality 0.500000, reverse_kl 0.130812, reverse_kl_high_quality"
            + " 0.693147 (4 samples, 2 modes, high quality below 3.0 deviations of 0.05)",
        m.toString());
    assertEquals(
        "classes_hit 2, class_reverse_kl 0 (4 samples, 2 classes)",
        new ClassCoverage(List.of(2, 2)).toString());
  }

  @Test
  void refusals() {
    refuses(
        "class coverage: counts must be >= 0 and not all 0, got [0, 0]",
        () -> new ClassCoverage(List.of(0, 0)));
    refuses(
        "mode coverage: counts must be >= 0 and not all 0, got [2, -1]",
        () -> new ModeCoverage(List.of(2, -1), List.of(0, 0), 1, 3));
    refuses(
        "mode coverage: there are 2 modes, but 1 counts of high quality",
        () -> new ModeCoverage(List.of(2, 1), List.of(2), 1, 3));
    Features points = Samples.normal(1, 4, 3);
    refuses(
        "mode coverage: points have 3 dimensions, mode 0 has 2",
        () -> ModeCoverage.of(points, Ring.ring()));
    double[][] one = {{0, 0, 0}};
    refuses(
        "mode coverage: deviation must be > 0 and finite, got 0.0",
        () -> ModeCoverage.of(points, one, 0, 3));
    refuses(
        "mode coverage: threshold must be > 0 and finite, got NaN",
        () -> ModeCoverage.of(points, one, 1, Double.NaN));
    refuses(
        "mode coverage: there must be at least 1 mode, got none",
        () -> ModeCoverage.of(points, new double[0][], 1, 3));
    refuses(
        "class coverage: label 1 must be between 0 and 3, got 4",
        () -> ClassCoverage.of(new int[] {0, 4}, 4));
    refuses(
        "class coverage: label 0 must be between 0 and 3, got -1",
        () -> ClassCoverage.of(new int[] {-1}, 4));
    refuses(
        "class coverage: there must be at least 1 label, got none",
        () -> ClassCoverage.of(new int[0], 4));
    refuses("class coverage: classes must be >= 1, got 0", () -> ClassCoverage.of(new int[1], 0));
  }
}
