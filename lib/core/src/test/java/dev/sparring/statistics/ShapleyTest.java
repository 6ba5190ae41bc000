package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapleyTest {
  private static final double TINY = 1e-12;

  /**
   * Three changes of own effects 5, -2, 0, of which the first two together make 7 more, and all
   * three 1.5 more. An interaction is shared in equal parts by those that it needs.
   */
  private static double game(long set) {
    double result = 100;
    result += (set & 1) != 0 ? 5 : 0;
    result += (set & 2) != 0 ? -2 : 0;
    result += (set & 3) == 3 ? 7 : 0;
    result += set == 7 ? 1.5 : 0;
    return result;
  }

  private static double[] results(Shapley shapley) {
    return shapley.sets().stream().mapToDouble(ShapleyTest::game).toArray();
  }

  @Test
  void allOrdersGiveKnownValues() {
    Shapley all = Shapley.allOrders(3);
    assertEquals(LongRange.upTo(8), all.sets());
    assertArrayEquals(
        new double[] {5 + 3.5 + 0.5, -2 + 3.5 + 0.5, 0.5}, all.of(results(all)), TINY);
  }

  /** Shapley's own sum over orders, by another way: the six orders one by one. */
  @Test
  void allOrdersAreTheMeanOfEachOrder() {
    List<int[]> six =
        List.of(
            new int[] {0, 1, 2},
            new int[] {0, 2, 1},
            new int[] {1, 0, 2},
            new int[] {1, 2, 0},
            new int[] {2, 0, 1},
            new int[] {2, 1, 0});
    Shapley orders = Shapley.orders(six);
    Shapley all = Shapley.allOrders(3);
    assertArrayEquals(all.of(results(all)), orders.of(results(orders)), TINY);
  }

  /** The glove game of the textbooks: one left glove, two right ones; a pair is worth 1. */
  @Test
  void gloves() {
    Shapley all = Shapley.allOrders(3);
    double[] worth =
        all.sets().stream().mapToDouble(s -> (s & 1) != 0 && (s & 6) != 0 ? 1 : 0).toArray();
    assertArrayEquals(new double[] {2 / 3.0, 1 / 6.0, 1 / 6.0}, all.of(worth), TINY);
  }

  @Test
  void oneOrderGivesWhatEachAdds() {
    Shapley one = Shapley.orders(List.of(new int[] {1, 2, 0}));
    assertEquals(List.of(0L, 2L, 6L, 7L), one.sets());
    assertArrayEquals(new double[] {5 + 7 + 1.5, -2, 0}, one.of(results(one)), TINY);
  }

  @Test
  void contributionsSumToTheWholeInAllAndInSomeOrders() {
    for (int changes = 1; changes <= 9; changes++) {
      List<int[]> some = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        some.add(new Seed(3).stream("order", i).permutation(changes));
      }
      for (Shapley shapley : List.of(Shapley.allOrders(changes), Shapley.orders(some))) {
        var random = new Seed(changes).stream("results");
        double[] results = shapley.sets().stream().mapToDouble(s -> random.gaussian()).toArray();
        double whole = results[results.length - 1] - results[0];
        assertEquals(whole, Arrays.stream(shapley.of(results)).sum(), TINY);
        assertEquals((1L << changes) - 1, shapley.sets().get(results.length - 1));
      }
    }
  }

  @Test
  void whatIsNoOrderIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Shapley.orders(List.of(new int[] {0, 2})));
    assertThrows(IllegalArgumentException.class, () -> Shapley.orders(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Shapley.allOrders(17));
    assertThrows(IllegalArgumentException.class, () -> Shapley.allOrders(2).of(new double[3]));
  }

  /** Each seed adds to all sets, which cancels, and scales the first change alone. */
  private static double[] overSeeds(int[] seeds, Shapley shapley) {
    return shapley.sets().stream()
        .mapToDouble(
            set ->
                Arrays.stream(seeds)
                    .mapToDouble(s -> game(set) + 50 * s + ((set & 1) != 0 ? s - 2 : 0))
                    .average()
                    .orElseThrow())
        .toArray();
  }

  @Test
  void seedsInCommonCancelAndWhatVariesHasAnInterval() {
    Shapley all = Shapley.allOrders(3);
    Contributions found =
        Contributions.of(
            null, false, 3, 5, s -> overSeeds(s, all), 0.95, 2000, new Seed(1).stream("t"));
    assertNotNull(found);
    assertEquals(9.0, found.changes().get(0).value(), TINY);
    assertEquals(11.5, found.whole().value(), TINY);
    // The first change's effect is 7 to 11 by seed; the others' are the same for each.
    Interval first = found.changes().get(0).interval();
    assertNotNull(first);
    assertTrue(first.low() > 7.2 && first.low() < 8.2 && first.high() > 9.8, first.toString());
    Interval second = found.changes().get(1).interval();
    assertNotNull(second);
    assertEquals(2.0, second.low(), 1e-9);
    assertEquals(2.0, second.high(), 1e-9);
    assertEquals(0, found.lost());
  }

  /** The reverse of an order brings a pairwise interaction to its mean, so pairs have no spread. */
  @Test
  void ordersAreResampledInTheirPairs() {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int[] order = new Seed(5).stream("order", i).permutation(2);
      pairs.add(order);
      pairs.add(IntStream.of(1, 0).map(j -> order[j]).toArray());
    }
    for (boolean together : new boolean[] {true, false}) {
      Contributions found =
          Contributions.of(
              pairs,
              together,
              2,
              3,
              seeds -> new double[] {0, 1, 2, 9},
              0.95,
              500,
              new Seed(1).stream("t"));
      assertNotNull(found);
      assertEquals(4.0, found.changes().get(0).value(), TINY);
      Interval interval = found.changes().get(0).interval();
      assertNotNull(interval);
      assertEquals(!together, interval.high() - interval.low() > 1);
    }
  }

  @Test
  void aSetWithoutResultHasNoContributionsAndResamplesWithoutOneAreCounted() {
    var random = new Seed(1).stream("t");
    assertNull(
        Contributions.of(null, false, 1, 3, s -> new double[] {1, Double.NaN}, 0.95, 100, random));
    Contributions found =
        Contributions.of(
            null,
            false,
            1,
            4,
            s -> new double[] {1, Arrays.stream(s).anyMatch(i -> i == 0) ? 2 : Double.NaN},
            0.95,
            1000,
            random);
    assertNotNull(found);
    // Four seeds are drawn without the first one in 31.6 % of resamples.
    assertEquals(316, found.lost(), 60);
    assertNotNull(found.whole().interval());
    Contributions few =
        Contributions.of(null, false, 1, 2, s -> new double[] {1, 2}, 0.95, 100, random);
    assertNotNull(few);
    assertNull(few.whole().interval());
  }

  private static final class LongRange {
    static List<Long> upTo(int end) {
      return IntStream.range(0, end).mapToObj(i -> (long) i).toList();
    }
  }
}
