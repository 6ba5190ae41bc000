package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What claims need beside the tests of sweeps: shifts, trends, rates and medians. */
class ClaimStatisticsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** By hand: the differences are -19, -16, -15, -9, -6, -5. */
  @Test
  void shiftIsTheMedianOfAllDifferences() {
    var found = HodgesLehmann.ofTwo(new double[] {1, 4, 5}, new double[] {10, 20}, 0.9);
    assertEquals(-12, found.shift());
    // One of ten deals is as extreme at each end: .2 is more than .1, so nothing is excluded.
    assertEquals(new Interval(-INFINITY, INFINITY), found.interval());
    assertEquals(
        new Interval(-19, -5),
        HodgesLehmann.ofTwo(new double[] {1, 4, 5}, new double[] {10, 20}, 0.8).interval());
  }

  @Test
  void intervalHoldsTheShiftsThatTheTestDoesNotExclude() {
    double[] a = {3.1, 4.7, 5.2, 8.8, 9.1, 2.4};
    double[] b = {1.3, 0.2, 6.1, 2.9, 3.3};
    Interval interval = HodgesLehmann.ofTwo(a, b, 0.95).interval();
    for (double shift = -6; shift < 12; shift += 0.137) {
      double by = shift;
      double p = RankTest.twoSided(Arrays.stream(a).map(x -> x - by).toArray(), b);
      assertEquals(p > 0.05, interval.contains(shift), "shift " + shift + ", p " + p);
    }
    double[] before = {1.3, 0.2, 6.1, 2.9, 3.3, 4.45};
    Interval pairs = HodgesLehmann.ofPairs(a, before, 0.95).interval();
    for (double shift = -9; shift < 12; shift += 0.137) {
      double by = shift;
      double p = SignedRankTest.twoSided(Arrays.stream(a).map(x -> x - by).toArray(), before);
      assertEquals(p > 0.05, pairs.contains(shift), "shift " + shift + ", p " + p);
    }
  }

  @Test
  void shiftsOfRunsThatFailed() {
    double[] failed = {INFINITY, INFINITY, INFINITY, 1};
    double[] good = {2, 3, 4, 5.5};
    assertEquals(INFINITY, HodgesLehmann.ofTwo(failed, good, 0.95).shift());
    assertEquals(0, HodgesLehmann.ofTwo(failed, failed, 0.95).shift());
    assertEquals(0, HodgesLehmann.ofPairs(failed, failed, 0.95).shift());
    assertEquals(INFINITY, HodgesLehmann.ofPairs(failed, good, 0.5).interval().high());
    assertThrows(
        IllegalArgumentException.class,
        () -> HodgesLehmann.ofPairs(failed, new double[] {1}, 0.95));
  }

  /** By hand: of 2 and 1 and 2 values, 8 pairs of different groups, of which 6.5 rise. */
  @Test
  void trendCountsPairsThatRise() {
    double[][] groups = {{1, 5}, {5}, {7, 3}};
    assertEquals((1 + .5 + 1 + 1 + 1 + 0 + 1 + 0) / 8, TrendTest.rise(groups));
    assertEquals(0.5, TrendTest.rise(new double[] {2, 2}, new double[] {2, 2}));
    assertEquals(1, TrendTest.rise(new double[] {2, 3}, new double[] {4, INFINITY}));
  }

  @Test
  void trendHasThePValueOfRanksWhereThereAreTwoGroups() {
    double[] a = {3.1, 4.7, 5.2, 8.8, 9.1, 2.4};
    double[] b = {1.3, 0.2, 6.1, 2.9, 3.3};
    double p = TrendTest.twoSided(new Seed(1).stream("trend"), a, b);
    assertEquals(RankTest.twoSided(a, b), p, 0.01);
    double[][] rising = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    // Two of 1,680 orders.
    assertEquals(2 / 1680.0, TrendTest.twoSided(new Seed(1).stream("trend"), rising), 8e-4);
    assertEquals(2 / 1680.0, TrendTest.smallest(3, 3), 1e-12);
    assertEquals(RankTest.smallest(4, 4), TrendTest.smallest(2, 4), 1e-12);
    assertEquals(1 / 20_001.0, TrendTest.smallest(4, 8));
    assertThrows(IllegalArgumentException.class, () -> TrendTest.rise(new double[] {1}));
  }

  @Test
  void rates() {
    // .5^8, twice.
    assertEquals(2 / 256.0, RateTest.twoSided(0, 8, 0.5), 1e-12);
    assertEquals(2 / 256.0, RateTest.smallest(8, 0.5), 1e-12);
    // By Python's math.comb: all counts that are at most as probable as 7.
    assertEquals(0.00745614693826308, RateTest.twoSided(7, 24, 0.1), 1e-12);
    assertEquals(1, RateTest.twoSided(0, 0, 0.5));
    assertTrue(RateTest.smallest(3, 0.5) > 0.2);
    assertThrows(IllegalArgumentException.class, () -> RateTest.twoSided(3, 2, 0.5));
    assertThrows(IllegalArgumentException.class, () -> RateTest.twoSided(1, 2, 1.5));
  }

  /** With eight values the outermost two are the interval at 95 %, with five there is none. */
  @Test
  void medians() {
    double[] eight = {8, 1, 7, 2, 6, 3, 5, INFINITY};
    assertEquals(new Interval(1, INFINITY), RateTest.median(eight, 0.95));
    assertEquals(new Interval(2, 8), RateTest.median(eight, 0.9));
    assertEquals(
        new Interval(-INFINITY, INFINITY), RateTest.median(new double[] {1, 2, 3, 4, 5}, 0.95));
  }
}
