package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GaussianMomentsTest {
  private static void assertSame(GaussianMoments expected, GaussianMoments actual) {
    assertEquals(expected.count(), actual.count());
    assertArrayEquals(expected.mean(), actual.mean(), 1e-12 * 20);
    assertArrayEquals(expected.covariance(), actual.covariance(), 1e-12 * 100);
  }

  @Test
  void byHand() {
    GaussianMoments m = GaussianMoments.of(Features.of(new double[] {1, 2, 3, 6, 5, 4}, 2));
    assertEquals(3, m.count());
    assertEquals(2, m.dimensions());
    assertArrayEquals(new double[] {3, 4}, m.mean());
    assertArrayEquals(new double[] {4, 2, 2, 4}, m.covariance(), 1e-15);
    assertEquals("GaussianMoments[count=3, dimensions=2]", m.toString());
  }

  @Property(tries = 200)
  void batchesOfAnySizeEqualAllAtOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int d,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 70) Integer> sizes) {
    int n = 1;
    for (int size : sizes) {
      n += size;
    }
    Features all = Samples.correlated(seed, n, d);
    MomentsAccumulator inBatches = new MomentsAccumulator(d);
    inBatches.add(Samples.part(all, 0, 1));
    int from = 1;
    for (int size : sizes) {
      inBatches.add(Samples.part(all, from, from + size));
      from += size;
    }
    assertEquals(n, inBatches.count());
    assertSame(GaussianMoments.of(all), inBatches.moments());
  }

  @Property(tries = 50)
  void mergedMomentsEqualAllAtOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int first,
      @ForAll @IntRange(min = 2, max = 40) int second) {
    Features all = Samples.correlated(seed, first + second, 4);
    GaussianMoments a = GaussianMoments.of(Samples.part(all, 0, first));
    GaussianMoments b = GaussianMoments.of(Samples.part(all, first, first + second));
    assertSame(GaussianMoments.of(all), a.merge(b));
    assertSame(GaussianMoments.of(all), b.merge(a));
  }

  @Test
  void aFarMeanCostsNoDigits() {
    Features near = Samples.normal(3, 1000, 2);
    double[] far = near.values().clone();
    for (int i = 0; i < far.length; i++) {
      far[i] += 1 << 26;
    }
    MomentsAccumulator batches = new MomentsAccumulator(2);
    Features farRows = Features.of(far, 2);
    for (int from = 0; from < 1000; from += 10) {
      batches.add(Samples.part(farRows, from, from + 10));
    }
    // The inputs themselves were rounded to 2^-26.
    assertArrayEquals(GaussianMoments.of(near).covariance(), batches.moments().covariance(), 1e-7);
  }

  @Test
  void rankDeficientUpToAsManySamplesAsFeatures() {
    assertTrue(GaussianMoments.of(Samples.normal(1, 3, 3)).rankDeficient());
    assertFalse(GaussianMoments.of(Samples.normal(1, 4, 3)).rankDeficient());
  }

  @Test
  void savedMomentsComeBack() {
    GaussianMoments m = GaussianMoments.of(Samples.correlated(5, 20, 3));
    assertSame(m, GaussianMoments.of(m.count(), m.mean(), m.covariance()));
    double[] tilted = {1, 0.3, 0.3 + 1e-6, 2};
    assertEquals(0.3 + 5e-7, GaussianMoments.of(9, new double[2], tilted).covariance()[1], 1e-15);
  }

  @Test
  void arraysAreCopies() {
    double[] mean = {1};
    double[] covariance = {4};
    GaussianMoments m = GaussianMoments.of(2, mean, covariance);
    mean[0] = covariance[0] = m.mean()[0] = m.covariance()[0] = 9;
    assertEquals(1, m.mean()[0]);
    assertEquals(4, m.covariance()[0]);
  }

  @Test
  void refusals() {
    refuses(
        "moments: a covariance with ddof 1 needs at least 2 samples, got 1",
        () -> GaussianMoments.of(Features.of(new double[] {1, 2}, 2)));
    refuses(
        "moments: a covariance with ddof 1 needs at least 2 samples, got 0",
        () -> new MomentsAccumulator(3).moments());
    refuses("moments: dimensions must be >= 1, got 0", () -> new MomentsAccumulator(0));
    refuses(
        "moments: rows of 2 features cannot be added to rows of 3",
        () -> new MomentsAccumulator(3).add(Samples.normal(1, 4, 2)));
    refuses(
        "moments: rows of 2 features cannot be added to rows of 3",
        () ->
            GaussianMoments.of(Samples.normal(1, 4, 3))
                .merge(GaussianMoments.of(Samples.normal(1, 4, 2))));
    refuses(
        "moments: a mean of 2 needs a covariance of 4 numbers, got 3",
        () -> GaussianMoments.of(5, new double[2], new double[3]));
    refuses(
        "moments: covariance is not symmetric: (0, 1) is 0.5 and (1, 0) is 0.4",
        () -> GaussianMoments.of(5, new double[2], new double[] {1, 0.5, 0.4, 1}));
    refuses(
        "moments: variance 1 must be >= 0, got -1.0",
        () -> GaussianMoments.of(5, new double[2], new double[] {1, 0, 0, -1}));
    refuses(
        "moments: covariance row 1, column 0 is NaN; every number must be finite",
        () -> GaussianMoments.of(5, new double[2], new double[] {1, 0, Double.NaN, 1}));
    refuses(
        "moments: mean row 0, column 1 is Infinity; every number must be finite",
        () ->
            GaussianMoments.of(
                5, new double[] {0, Double.POSITIVE_INFINITY}, new double[] {1, 0, 0, 1}));
  }
}
