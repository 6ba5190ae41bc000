package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sparring.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Every metric against another formula for it; see src/test/golden/README.md. */
class GoldenMetricsTest {
  private static List<Map<?, ?>> cases(String metric, int count) throws IOException {
    try (InputStream in = GoldenMetricsTest.class.getResourceAsStream("metrics.f64.json")) {
      List<Map<?, ?>> all =
          ((List<?>) JSON.std.mapFrom(in).get(metric))
              .stream().<Map<?, ?>>map(c -> (Map<?, ?>) c).toList();
      assertEquals(count, all.size(), metric);
      return all;
    }
  }

  @Test
  void moments() throws IOException {
    for (Map<?, ?> c : cases("moments", 3)) {
      GaussianMoments m = GaussianMoments.of(features(c, "samples"));
      double[] covariance = features(c, "covariance").values();
      assertEquals(features(c, "samples").rows(), m.count());
      assertClose(features(c, "mean").values(), m.mean(), 1e-14, c);
      // Even with a mean a million times the deviation.
      assertClose(covariance, m.covariance(), 1e-10, c);
    }
  }

  @Test
  void frechetDistance() throws IOException {
    for (Map<?, ?> c : cases("frechet", 5)) {
      FrechetDistance distance =
          FrechetDistance.between(
              GaussianMoments.of(features(c, "real")), GaussianMoments.of(features(c, "fake")));
      // The root of an eigenvalue that is 0 up to rounding is about 1e-8.
      boolean singular = !distance.warnings().isEmpty();
      assertClose(c, "mean_term", distance.meanTerm(), 1e-12);
      assertClose(c, "trace_term", distance.traceTerm(), singular ? 1e-7 : 1e-12);
      assertClose(c, "value", distance.value(), singular ? 1e-7 : 1e-12);
    }
  }

  @Test
  void inceptionScore() throws IOException {
    for (Map<?, ?> c : cases("inception", 5)) {
      Features probabilities = features(c, "logits").softmax();
      assertClose(features(c, "probabilities").values(), probabilities.values(), 1e-14, c);
      Optional<Seed> seed =
          Optional.ofNullable((Number) c.get("seed")).map(s -> new Seed(s.longValue()));
      InceptionScore score =
          InceptionScore.of(probabilities, new InceptionScore.Protocol(integer(c, "splits"), seed));
      assertClose(c, "mean", score.mean(), 1e-12);
      assertSame(c, "std", score.deviation(), 1e-12);
    }
  }

  @Test
  void mongeDistance() throws IOException {
    for (Map<?, ?> c : cases("monge", 3)) {
      MongeDistance distance =
          MongeDistance.between(
              features(c, "real"),
              features(c, "fake"),
              integer(c, "directions"),
              integer(c, "seed"),
              Products.plain());
      assertClose(c, "value", distance.value(), 1e-12);
    }
  }

  @Test
  void kernelDistance() throws IOException {
    for (Map<?, ?> c : cases("kernel", 3)) {
      KernelDistance distance =
          KernelDistance.between(
              features(c, "real"),
              features(c, "fake"),
              new KernelDistance.Protocol(
                  integer(c, "subsets"), integer(c, "size"), new Seed(integer(c, "seed"))));
      assertClose(c, "mean", distance.mean(), 1e-11);
      assertSame(c, "std", distance.deviation(), 1e-11);
    }
  }

  @Test
  void neighborMetrics() throws IOException {
    for (Map<?, ?> c : cases("neighbors", 6)) {
      Map<String, Double> figures =
          NeighborMetrics.between(
                  features(c, "real"),
                  features(c, "fake"),
                  integer(c, "precision_k"),
                  integer(c, "density_k"))
              .figures();
      assertEquals(List.of("precision", "recall", "density", "coverage"), keys(figures));
      figures.forEach((name, value) -> assertClose(c, name, value, 1e-14));
    }
  }

  @Test
  void modeCoverage() throws IOException {
    for (Map<?, ?> c : cases("modes", 4)) {
      Features centres = features(c, "centres");
      double[][] rows = new double[centres.rows()][];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = centres.select(k).values();
      }
      ModeCoverage coverage =
          ModeCoverage.of(
              features(c, "points"), rows, number(c, "deviation"), number(c, "threshold"));
      assertEquals(c.get("counts"), coverage.counts(), c.get("name").toString());
      assertEquals(c.get("high"), coverage.highQualityCounts(), c.get("name").toString());
      assertEquals(integer(c, "modes_hit"), coverage.modesHit(), c.get("name").toString());
      assertClose(c, "high_quality", coverage.highQuality(), 1e-14);
      assertClose(c, "reverse_kl", coverage.reverseKl(), 1e-13);
      assertSame(c, "reverse_kl_high_quality", coverage.reverseKlHighQuality(), 1e-13);
    }
  }

  @Test
  void classCoverage() throws IOException {
    for (Map<?, ?> c : cases("classes", 2)) {
      int[] labels =
          ((List<?>) c.get("labels")).stream().mapToInt(n -> ((Number) n).intValue()).toArray();
      ClassCoverage coverage = ClassCoverage.of(labels, integer(c, "classes"));
      assertEquals(c.get("counts"), coverage.counts());
      assertEquals(integer(c, "classes_hit"), coverage.classesHit());
      assertClose(c, "reverse_kl", coverage.reverseKl(), 1e-13);
    }
  }

  private static List<String> keys(Map<String, Double> figures) {
    return List.copyOf(figures.keySet());
  }

  private static Features features(Map<?, ?> c, String name) {
    Map<?, ?> tensor = (Map<?, ?>) c.get(name);
    List<?> shape = (List<?>) tensor.get("shape");
    double[] values =
        ((List<?>) tensor.get("data"))
            .stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    return Features.of(values, ((Number) shape.get(shape.size() - 1)).intValue());
  }

  private static double number(Map<?, ?> c, String name) {
    return ((Number) c.get(name)).doubleValue();
  }

  private static int integer(Map<?, ?> c, String name) {
    return ((Number) c.get(name)).intValue();
  }

  private static void assertClose(Map<?, ?> c, String name, double actual, double relative) {
    double expected = number(c, name);
    assertEquals(
        expected, actual, relative * (1 + Math.abs(expected)), c.get("name") + ": " + name);
  }

  private static void assertClose(
      double[] expected, double[] actual, double relative, Map<?, ?> c) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 0);
    assertArrayEquals(expected, actual, relative * largest, c.get("name").toString());
  }

  private static void assertSame(Map<?, ?> c, String name, OptionalDouble actual, double relative) {
    assertEquals(c.containsKey(name), actual.isPresent(), c.get("name") + ": " + name);
    actual.ifPresent(value -> assertClose(c, name, value, relative));
  }
}
