package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.statistics.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
  private static int[] numbers(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static NearestRows nearest(Features samples, Features set, int most) {
    NearestRows nearest = new NearestRows(samples, most);
    nearest.add(set, numbers(0, set.rows()));
    return nearest;
  }

  private static double distance(Features a, int row, Features b, int other) {
    double sum = 0;
    for (int c = 0; c < a.columns(); c++) {
      sum += Math.pow(a.get(row, c) - b.get(other, c), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theyAreThoseOfASort() {
    Features samples = Samples.normal(1, 7, 5);
    Features set = Samples.normal(2, 150, 5);
    NearestRows found = nearest(samples, set, 4);
    assertEquals(150, found.size());
    for (int i = 0; i < 7; i++) {
      int row = i;
      int[] sorted =
          IntStream.range(0, 150)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> distance(samples, row, set, j)))
              .limit(4)
              .mapToInt(j -> j)
              .toArray();
      for (int rank = 0; rank < 4; rank++) {
        assertEquals(sorted[rank], found.number(i, rank));
        assertEquals(distance(samples, i, set, sorted[rank]), found.distance(i, rank), 1e-12);
      }
    }
  }

  @Test
  void blocksOfAnySizeGiveTheSameBits() {
    Features samples = Samples.normal(1, 3, 5);
    Features set = Samples.normal(2, 150, 5);
    NearestRows blocks = new NearestRows(samples, 4);
    for (int from = 0; from < 150; from += 37) {
      int[] own = numbers(from, Math.min(150, from + 37));
      blocks.add(set.select(own), own);
    }
    NearestRows whole = nearest(samples, set, 4);
    assertEquals(150, blocks.size());
    for (int i = 0; i < 3; i++) {
      for (int rank = 0; rank < 4; rank++) {
        assertEquals(whole.number(i, rank), blocks.number(i, rank));
        assertEquals(whole.distance(i, rank), blocks.distance(i, rank));
      }
    }
  }

  @Test
  void aMemorizedSampleIsItsOwnNeighbour() {
    Features train = Samples.normal(3, 200, 6);
    Features heldOut = Samples.normal(4, 200, 6);
    NearestRows copies = nearest(train.select(17, 3, 144), train, 2);
    assertEquals(17, copies.number(0, 0));
    assertEquals(144, copies.number(2, 0));
    assertArrayEquals(new double[3], copies.distances());
    Memorization found = Memorization.of(copies, nearest(train.select(17, 3, 144), heldOut, 1), 9);
    assertEquals(OptionalDouble.of(0), found.ratio());
    assertEquals(1, found.share());
    assertEquals(List.of(new Interval(0, 0)), found.ratioInterval());
  }

  @Test
  void samplesOfTheSameDistributionAreAsNearToBoth() {
    Features samples = Samples.normal(1, 300, 6);
    Memorization found =
        Memorization.of(
            nearest(samples, Samples.normal(3, 400, 6), 1),
            nearest(samples, Samples.normal(4, 400, 6), 1),
            9);
    assertEquals(1, found.ratio().orElseThrow(), 0.06);
    assertEquals(0.5, found.share(), 0.06);
    assertTrue(found.intervals().get("nearest_ratio").contains(1), found.toString());
    assertTrue(found.shareInterval().contains(0.5), found.toString());
    // Half of them copies: the share says so, the median not yet.
    Features half = Samples.normal(3, 400, 6).select(numbers(0, 100));
    Memorization copied =
        Memorization.of(
            nearest(half, Samples.normal(3, 400, 6), 1),
            nearest(half, Samples.normal(4, 400, 6), 1),
            9);
    assertEquals(1, copied.share());
  }

  /** Distances 1, 2, 0 to the one set, 2, 3, 0 to the other. */
  @Test
  void figuresAreThoseOfMedians() {
    Features samples = Features.of(new double[] {0, 10, 40}, 1);
    Memorization found =
        Memorization.of(
            nearest(samples, Features.of(new double[] {1, 4, 12, 40}, 1), 2),
            nearest(samples, Features.of(new double[] {-2, 13, 40, 70}, 1), 1),
            9);
    assertEquals(1, found.train());
    assertEquals(2, found.heldOut());
    assertEquals(OptionalDouble.of(0.5), found.ratio());
    assertEquals(2.5 / 3, found.share(), 1e-12);
    assertTrue(found.conditions().startsWith("3 generated samples, 4 training and 4 held-out"));
  }

  @Test
  void withoutADistanceToHeldOutSamplesThereIsNoRatio() {
    Features samples = Features.of(new double[] {0, 10}, 1);
    Memorization found =
        Memorization.of(
            nearest(samples, Features.of(new double[] {1, 4}, 1), 1),
            nearest(samples, samples, 1),
            9);
    assertEquals(OptionalDouble.empty(), found.ratio());
    assertEquals(0, found.share());
    assertEquals(1, found.warnings().size());
    assertEquals(3, found.figures().size());
  }

  @Test
  void whatDoesNotCompareIsRefused() {
    Features samples = Samples.normal(1, 3, 5);
    NearestRows found = new NearestRows(samples, 2);
    refused("neighbours: there must be at least 1, got 0", () -> new NearestRows(samples, 0));
    refused(
        "neighbours: samples have 5 features, the set 4; one extractor must make both",
        () -> found.add(Samples.normal(2, 2, 4), numbers(0, 2)));
    refused(
        "neighbours: 2 rows have 3 numbers",
        () -> found.add(Samples.normal(2, 2, 5), numbers(0, 3)));
    found.add(Samples.normal(2, 1, 5), new int[] {8});
    assertEquals(1, found.found());
    assertThrows(IndexOutOfBoundsException.class, () -> found.number(0, 1));
    refused(
        "memorization: nearest distances fall with the size of a set, so both must have one size,"
            + " got 1 and 2",
        () -> Memorization.of(found, nearest(samples, Samples.normal(2, 2, 5), 1), 9));
  }

  @Test
  void theFirstOfEquallyNearOnesIsNearer() {
    Features samples = Features.of(new double[] {0}, 1);
    NearestRows found = nearest(samples, Features.of(new double[] {3, 2, -2, 2}, 1), 3);
    assertEquals(
        List.of(1, 2, 3),
        Arrays.asList(found.number(0, 0), found.number(0, 1), found.number(0, 2)));
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work::run).getMessage());
  }
}
