package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MongeDistanceTest {
  private static double between(Features real, Features fake) {
    return MongeDistance.between(real, fake, 1000, 4, Products.plain()).value();
  }

  /**
   * Along a line every direction is the same: 3 times the mean of (1, 3, 5)^2 of sorted numbers.
   */
  @Test
  void ofNumbersItIsTheMeanSquareOfSortedDifferences() {
    Features x = Features.of(new double[] {4, -2, 9}, 1);
    Features y = Features.of(new double[] {14, -1, 7}, 1);
    assertEquals(3 * (1 + 9 + 25) / 3.0, between(x, y), 1e-12);
    assertEquals(0, between(x, x));
    assertEquals(between(x, y), between(y, x), 1e-12);
  }

  /** A direction turns a shift c into c.u, whose mean square is |c|^2 / d. */
  @Test
  void ofAShiftItIsThreeTimesItsSquare() {
    Features x = Samples.normal(5, 40, 3);
    double[] moved = new double[120];
    double[] shift = {3, -1, 2};
    for (int i = 0; i < 120; i++) {
      moved[i] = x.get(i / 3, i % 3) + shift[i % 3];
    }
    assertEquals(3 * 14, between(x, Features.of(moved, 3)), 3);
  }

  /** A scale s moves sorted numbers by (s - 1) x: 3 d (s - 1)^2 times the mean square of u.x. */
  @Test
  void ofAScaleItIsThatOfTheDeviations() {
    Features x = Samples.normal(5, 400, 5);
    double[] wide = new double[2000];
    double square = 0;
    for (int i = 0; i < 2000; i++) {
      wide[i] = 1.5 * x.get(i / 5, i % 5);
      square += Math.pow(x.get(i / 5, i % 5), 2);
    }
    assertEquals(3 * 0.25 * square / 400, between(x, Features.of(wide, 5)), 0.15);
  }

  @Test
  void theLargerSetIsCutToTheSmaller() {
    MongeDistance found =
        MongeDistance.between(
            Samples.normal(5, 90, 4), Samples.normal(6, 30, 4), 100, 4, Products.plain());
    assertEquals(30, found.count());
    assertEquals(
        "30 real and 30 fake samples, 4 features, 100 directions, seed 4, in float64",
        found.conditions());
    // Equal distributions are not at distance 0, and farther with fewer samples.
    assertTrue(found.value() > between(Samples.normal(5, 900, 4), Samples.normal(6, 900, 4)));
  }

  @Test
  void whatDoesNotCompareIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> between(Samples.normal(5, 3, 4), Samples.normal(6, 3, 5)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            MongeDistance.between(
                Samples.normal(5, 3, 4), Samples.normal(6, 3, 4), 0, 4, Products.plain()));
  }
}
