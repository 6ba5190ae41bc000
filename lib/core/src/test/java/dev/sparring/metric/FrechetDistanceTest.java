package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
  private static FrechetDistance between(Features a, Features b) {
    return FrechetDistance.between(GaussianMoments.of(a), GaussianMoments.of(b));
  }

  private static double variances(Features x) {
    double[] covariance = GaussianMoments.of(x).covariance();
    double sum = 0;
    for (int i = 0; i < x.columns(); i++) {
      sum += covariance[i * x.columns() + i];
    }
    return sum;
  }

  @Property(tries = 60)
  void ofADistributionToItselfIsZero(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 12) int d) {
    Features x = Samples.correlated(seed, n, d);
    FrechetDistance distance = between(x, x);
    assertEquals(0, distance.meanTerm());
    // Unclamped, because negative distances are reported as 0.
    assertEquals(0, distance.traceTerm(), 1e-7 * variances(x));
    assertTrue(distance.value() >= 0);
  }

  @Property(tries = 60)
  void bothDirectionsAreEqual(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 12) int d) {
    Features x = Samples.correlated(seed, n, d);
    Features y = Samples.correlated(~seed, 20, d);
    double forth = between(x, y).value();
    assertEquals(forth, between(y, x).value(), 1e-7 * (1 + forth));
    assertTrue(forth > 0);
  }

  @Property(tries = 40)
  void turningTheSpaceChangesNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int d) {
    Features x = Samples.correlated(seed, 30, d);
    Features y = Samples.correlated(seed + 7, 25, d);
    double[] q = Samples.rotation(seed, d);
    Features turnedX = Features.of(Samples.times(x.values(), 30, d, q), d);
    Features turnedY = Features.of(Samples.times(y.values(), 25, d, q), d);
    double plain = between(x, y).value();
    assertEquals(plain, between(turnedX, turnedY).value(), 1e-9 * plain);
  }

  @Property(tries = 100)
  void ofDiagonalCovariancesIsTheSumOfSquaredDifferences(
      @ForAll @Size(6) List<@DoubleRange(min = 0, max = 50) Double> deviations,
      @ForAll @Size(6) List<@DoubleRange(min = -9, max = 9) Double> means) {
    int d = 3;
    double[] c1 = new double[d * d];
    double[] c2 = new double[d * d];
    double expected = 0;
    for (int i = 0; i < d; i++) {
      c1[i * d + i] = deviations.get(i) * deviations.get(i);
      c2[i * d + i] = deviations.get(d + i) * deviations.get(d + i);
      expected +=
          Math.pow(deviations.get(i) - deviations.get(d + i), 2)
              + Math.pow(means.get(i) - means.get(d + i), 2);
    }
    GaussianMoments real =
        GaussianMoments.of(99, new double[] {means.get(0), means.get(1), means.get(2)}, c1);
    GaussianMoments fake =
        GaussianMoments.of(98, new double[] {means.get(3), means.get(4), means.get(5)}, c2);
    assertEquals(expected, FrechetDistance.between(real, fake).value(), 1e-9 * (1 + expected));
  }

  @Test
  void constantSamplesHaveOnlyMeans() {
    Features zeros = Features.of(new double[6], 3);
    Features ones = Features.of(new double[] {1, 2, 2, 1, 2, 2}, 3);
    assertEquals(9, between(zeros, ones).value());
    Features wide = Features.of(new double[] {1, 0, 0, -1, 0, 0}, 3);
    assertEquals(2, between(zeros, wide).value(), 1e-15);
    assertEquals(2, between(wide, zeros).value(), 1e-15);
  }

  /** Hundreds of eigenvalues are 0 up to rounding, and the iteration must still end. */
  @Test
  void manyMoreFeaturesThanSamples() {
    int d = 300;
    Features x = Samples.normal(1, 20, d);
    FrechetDistance same = between(x, x);
    assertEquals(0, same.traceTerm(), 1e-7 * variances(x));
    Features y = Samples.normal(2, 20, d, 1, 2);
    assertEquals(between(x, y).value(), between(y, x).value(), 1e-4);
  }

  @Test
  void theResultTellsEverythingAboutItself() {
    FrechetDistance d = between(Samples.normal(1, 3, 3), Samples.normal(2, 9, 3));
    assertEquals(
        List.of(
            "the covariance of the real samples is rank deficient, 3 samples for 3 features; it"
                + " takes 4"),
        d.warnings());
    assertEquals(Map.of("frechet_distance", d.value()), d.figures());
    FrechetDistance both = new FrechetDistance(12.5, 2.5, 10, 40, 50, 3, 1, List.of("few"));
    assertEquals(
        "frechet_distance 12.5000 (40 real and 50 fake samples, 3 features, covariance ddof 1);"
            + " warning: few",
        both.toString());
    assertEquals(2, between(Samples.normal(1, 3, 4), Samples.normal(2, 4, 4)).warnings().size());
  }

  @Test
  void refusals() {
    refuses(
        "frechet distance: real samples have 3 features, fake ones 2; one extractor must make both",
        () -> between(Samples.normal(1, 5, 3), Samples.normal(1, 5, 2)));
  }
}
