package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.statistics.VarianceComponents.Component;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VarianceComponentsTest {
  /** The table of {@code golden/variance_components.py}. */
  private static final double[] TABLE = {
    12.0, 14.5, 11.0, 15.5, 9.0, 13.0, 17.5, 18.0, //
    22.0, 20.5, 19.0, 27.5, 16.0, 21.0, 25.5, 31.0, //
    7.0, 10.5, 12.0, 8.5, 3.0, 9.0, 14.5, 11.0
  };

  private static RandomStream stream(long index) {
    return new Seed(5).stream("test", index);
  }

  private static List<Component> components(int[] levels, double[] values) {
    VarianceComponents found = VarianceComponents.of(levels, values);
    assertNotNull(found);
    return found.components(0.95, 500, stream(0));
  }

  @Test
  void componentsOfAWholeTableAreThoseOfItsSumsOfSquares() {
    List<Component> found = components(new int[] {3, 4, 2}, TABLE);
    List<List<Integer>> sources =
        List.of(
            List.of(0),
            List.of(1),
            List.of(2),
            List.of(0, 1),
            List.of(0, 2),
            List.of(1, 2),
            List.of(0, 1, 2));
    double[] expected = {
      46.47222222222222,
      10.68055555555555,
      3.1319444444444478,
      -3.430555555555553,
      -0.3611111111111087,
      -1.1215277777777743,
      8.569444444444441
    };
    assertEquals(sources, found.stream().map(Component::sources).toList());
    double sum = 46.47222222222222 + 10.68055555555555 + 3.1319444444444478 + 8.569444444444441;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found.get(i).variance(), 1e-10);
      assertEquals(Math.max(0, expected[i]) / sum, found.get(i).share(), 1e-12);
      assertNull(found.get(i).interval(), "two levels of the last source are too few");
    }
  }

  @Test
  void aLargeOffsetChangesNothing() {
    double[] moved = TABLE.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += 1e9;
    }
    List<Component> found = components(new int[] {3, 4, 2}, moved);
    assertEquals(46.47222222222222, found.get(0).variance(), 1e-5);
  }

  @Test
  void oneSourceHasTheVarianceOfItsResults() {
    double[] values = {3, 8, 4.5, 7};
    Component only = components(new int[] {4}, values).get(0);
    double deviation = Moments.standardDeviation(values);
    assertEquals(deviation * deviation, only.variance(), 1e-12);
    assertEquals(1, only.share());
    assertEquals(new Interval(1, 1), only.interval());
  }

  /** By loops over all pairs that are there; two of twelve results are missing. */
  @Test
  void missingResultsAreLeftOut() {
    double[] values = {4, 7, Double.NaN, 9, 1, 3.5, 6, 2, 8, Double.NaN, 5, 11};
    double rows = half(values, true, false);
    double columns = half(values, false, true);
    double both = half(values, true, true);
    List<Component> found = components(new int[] {3, 4}, values);
    // rows = r + rc, columns = c + rc, both = r + c + rc
    assertEquals(both - columns, found.get(0).variance(), 1e-12);
    assertEquals(both - rows, found.get(1).variance(), 1e-12);
    assertEquals(rows + columns - both, found.get(2).variance(), 1e-12);
  }

  private static double half(double[] values, boolean rowDiffers, boolean columnDiffers) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        boolean asAsked =
            (i / 4 != j / 4) == rowDiffers && (i % 4 != j % 4) == columnDiffers && i != j;
        if (asAsked && !Double.isNaN(values[i]) && !Double.isNaN(values[j])) {
          sum += (values[i] - values[j]) * (values[i] - values[j]) / 2;
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  @Test
  void withoutPairsThereIsNothing() {
    double[] diagonal = {1, Double.NaN, Double.NaN, 2};
    assertNull(VarianceComponents.of(new int[] {2, 2}, diagonal));
  }

  @Test
  void intervalsHoldTheTruth() {
    int inside = 0;
    int tables = 40;
    for (int t = 0; t < tables; t++) {
      List<Component> found = components(new int[] {12, 12}, drawn(t, 3, 1, 2));
      Interval rows = found.get(0).interval();
      assertNotNull(rows);
      inside += rows.contains(9.0 / 14) ? 1 : 0;
      assertTrue(rows.low() <= found.get(0).share() && found.get(0).share() <= rows.high());
    }
    // Of 40 with a level of .95; the bootstrap of 12 levels is a little too narrow.
    assertTrue(inside >= 33, inside + " of " + tables);
  }

  /** Deviations of rows, columns and what remains. */
  private static double[] drawn(int table, double rows, double columns, double rest) {
    RandomStream random = stream(100 + table);
    double[] row = random(random, 12, rows);
    double[] column = random(random, 12, columns);
    double[] values = random(random, 144, rest);
    for (int i = 0; i < 144; i++) {
      values[i] += row[i / 12] + column[i % 12];
    }
    return values;
  }

  private static double[] random(RandomStream random, int count, double deviation) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * random.gaussian();
    }
    return values;
  }

  @Test
  void equalResultsHaveNoShares() {
    Component any = components(new int[] {3, 3}, new double[9]).get(0);
    assertEquals(0, any.variance());
    assertEquals(0, any.share());
  }

  @Test
  void badInputIsNamed() {
    assertEquals("expected at least 2 levels of a source, got 1", refused(new int[] {1, 3}, 3));
    assertEquals(
        "expected a value for each combination of levels, got 5 for [2, 3]",
        refused(new int[] {2, 3}, 5));
    assertEquals("expected finite values, got Infinity", refusedOf(Double.POSITIVE_INFINITY));
  }

  private static @Nullable String refused(int[] levels, int values) {
    return assertThrows(
            IllegalArgumentException.class, () -> VarianceComponents.of(levels, new double[values]))
        .getMessage();
  }

  private static @Nullable String refusedOf(double value) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> VarianceComponents.of(new int[] {2}, new double[] {1, value}))
        .getMessage();
  }
}
