package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Failures are infinite: worse than every figure. */
class RankTestTest {
  private static final double FAILED = Double.POSITIVE_INFINITY;

  private static double[] from(int first, int count) {
    return IntStream.range(first, first + count).asDoubleStream().toArray();
  }

  @Test
  void smallestPValues() {
    double[] known = {.00794, .00216, .00058, .00016};
    for (int n = 5; n <= 8; n++) {
      double p = RankTest.twoSided(from(0, n), from(100, n));
      assertEquals(known[n - 5], p, 5e-6);
      assertEquals(p, RankTest.smallest(n, n), 1e-12);
      assertEquals(p, RankTest.twoSided(from(100, n), from(0, n)), 1e-12);
    }
  }

  @Test
  void smallestPairedPValues() {
    double[] known = {.0625, .0313, .0156, .0078};
    for (int n = 5; n <= 8; n++) {
      double p = SignedRankTest.twoSided(from(0, n), from(100, n));
      assertEquals(known[n - 5], p, 6e-5);
      assertEquals(p, SignedRankTest.smallest(n), 1e-12);
    }
  }

  /** R: wilcox.test(c(1.1, 2.2, 3.3, 0.4), c(2, 4, 5, 6, 7)), W = 2, p = 0.06349. */
  @Test
  void knownValues() {
    double[] a = {1.1, 2.2, 3.3, 0.4};
    double[] b = {2, 4, 5, 6, 7};
    assertEquals(18 / 20.0, RankTest.improvement(a, b), 1e-12);
    assertEquals(8 / 126.0, RankTest.twoSided(a, b), 1e-12);
  }

  @Test
  void oneExcellentRunDoesNotMakeUpForFourFailures() {
    double[] lucky = {1, FAILED, FAILED, FAILED, FAILED};
    double[] good = {20, 21, 22, 23, 24};
    assertEquals(5 / 25.0, RankTest.improvement(lucky, good), 1e-12);
    assertEquals(20 / 25.0, RankTest.improvement(good, lucky), 1e-12);
    assertEquals(brute(lucky, good), RankTest.twoSided(lucky, good), 1e-12);
    assertEquals(1, RankTest.twoSided(new double[] {FAILED, FAILED}, new double[] {FAILED}));
    assertEquals(.5, RankTest.improvement(new double[] {FAILED}, new double[] {FAILED}));
  }

  @Property(tries = 200)
  void fourFailuresAreNeverBetterThanFiveGoodRuns(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double excellent,
      @ForAll @Size(5) double @DoubleRange(min = -1e9, max = 1e9) [] good) {
    double[] lucky = {excellent, FAILED, FAILED, FAILED, FAILED};
    assertTrue(RankTest.improvement(lucky, good) <= .2);
  }

  /** With ties and failures, against all deals one by one. */
  @Property(tries = 100)
  void equalsTheCountOfAllDeals(
      @ForAll @Size(min = 1, max = 5) int @IntRange(min = 0, max = 5) [] a,
      @ForAll @Size(min = 1, max = 5) int @IntRange(min = 0, max = 5) [] b) {
    double[] one = Arrays.stream(a).mapToDouble(v -> v == 5 ? FAILED : v).toArray();
    double[] other = Arrays.stream(b).mapToDouble(v -> v == 5 ? FAILED : v).toArray();
    assertEquals(brute(one, other), RankTest.twoSided(one, other), 1e-12);
  }

  private static double brute(double[] a, double[] b) {
    int n = a.length + b.length;
    double[] all = Arrays.copyOf(a, n);
    System.arraycopy(b, 0, all, a.length, b.length);
    double observed = Math.abs(RankTest.improvement(a, b) - .5);
    int asFar = 0;
    int deals = 0;
    for (int bits = 0; bits < 1 << n; bits++) {
      if (Integer.bitCount(bits) != a.length) {
        continue;
      }
      int chosen = bits;
      double[] one =
          IntStream.range(0, n)
              .filter(i -> (chosen >> i & 1) == 1)
              .mapToDouble(i -> all[i])
              .toArray();
      double[] other =
          IntStream.range(0, n)
              .filter(i -> (chosen >> i & 1) == 0)
              .mapToDouble(i -> all[i])
              .toArray();
      deals++;
      if (Math.abs(RankTest.improvement(one, other) - .5) >= observed - 1e-9) {
        asFar++;
      }
    }
    return (double) asFar / deals;
  }

  @Test
  void aFailureOfOneOfAPairIsTheGreatestDifference() {
    double[] a = {1, 2, FAILED, FAILED, 5};
    double[] b = {2, 4, FAILED, 4, 9};
    // Differences -1, -2, none, infinite, -4: of the ranks 2, 3, 5, 4 the 5 is positive. Of 16
    // sums of 2, 3, 5 and 4 around 7, all but 7 twice are at least 2 away or less; by hand:
    // sums <= 5 are 0, 2, 3, 4, 5, 5, and as many are >= 9.
    assertEquals(12 / 16.0, SignedRankTest.twoSided(a, b), 1e-12);
    assertEquals(1, SignedRankTest.twoSided(new double[] {FAILED, 1}, new double[] {FAILED, 1}));
  }

  /** R: wilcox.test(x, y, paired = TRUE, exact = TRUE), V = 40, p = 0.03906. */
  @Test
  void knownPairedValue() {
    double[] x = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    double[] y = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    assertEquals(.03906, SignedRankTest.twoSided(x, y), 5e-6);
  }

  @Test
  void largeSamplesAreApproximated() {
    var random = new Seed(1).stream("test");
    double[] a = IntStream.range(0, 400).mapToDouble(i -> random.below(1000)).toArray();
    double[] b = IntStream.range(0, 400).mapToDouble(i -> random.below(1000) + 60).toArray();
    double p = RankTest.twoSided(a, b);
    assertTrue(p > 1e-6 && p < .05, () -> "p " + p);
    double[] failed = new double[400];
    Arrays.fill(failed, FAILED);
    assertEquals(1, RankTest.twoSided(failed, failed));
    assertTrue(RankTest.twoSided(a, failed) < 1e-10);
    double[] many = from(0, 600);
    assertTrue(SignedRankTest.twoSided(many, from(1, 600)) < 1e-10);
  }

  @Test
  void theApproximationMeetsTheExactValue() {
    double[] a = IntStream.range(0, 70).mapToDouble(i -> i % 11).toArray();
    double[] b = IntStream.range(0, 70).mapToDouble(i -> i % 11 + (i % 3 == 0 ? 2 : 0)).toArray();
    double exact = RankTest.twoSided(a, b);
    double approximate =
        org.apache.commons.statistics.inference.MannWhitneyUTest.withDefaults()
            .with(org.apache.commons.statistics.inference.PValueMethod.ASYMPTOTIC)
            .test(a, b)
            .getPValue();
    assertEquals(approximate, exact, .003);
  }

  @Test
  void intervalsOfTheProbabilityOfImprovement() {
    double[] a = {1, 2, 3, 4, FAILED};
    double[] b = {2.5, 3.5, 4.5, 5.5, FAILED};
    var interval = Bootstrap.improvement(a, b, .95, 10_000, new Seed(0).stream("test"));
    double found = RankTest.improvement(a, b);
    assertEquals(17.5 / 25, found, 1e-12);
    assertTrue(interval.contains(found), interval::toString);
    assertTrue(interval.low() > .2 && interval.low() < .5, interval::toString);
    assertEquals(interval, Bootstrap.improvement(a, b, .95, 10_000, new Seed(0).stream("test")));
    assertEquals(
        new Interval(1, 1),
        Bootstrap.improvement(from(0, 5), from(9, 5), .95, 100, new Seed(0).stream("test")));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    double[] one = {1};
    double[] none = {Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> RankTest.twoSided(one, none));
    assertThrows(IllegalArgumentException.class, () -> RankTest.twoSided(one, new double[0]));
    assertThrows(IllegalArgumentException.class, () -> SignedRankTest.twoSided(one, none));
    assertThrows(IllegalArgumentException.class, () -> SignedRankTest.twoSided(one, new double[2]));
  }
}
