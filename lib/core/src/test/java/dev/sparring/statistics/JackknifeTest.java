package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JackknifeTest {
  /**
   * Of a mean without one value each, it is the standard error of the mean: 3, 7, 8, 14 have
   * variance 62/3, so it is sqrt(62/12) = 2.273030; t of 3 degrees of freedom is 3.182446.
   */
  @Test
  void ofAMeanItIsTheStandardError() {
    double[] without = {29 / 3.0, 25 / 3.0, 24 / 3.0, 18 / 3.0};
    Jackknife found = Jackknife.of(8, without, 0.95);
    assertEquals(2.2730302828, found.error(), 1e-9);
    assertEquals(8 - 3.1824463053 * 2.2730302828, found.interval().low(), 1e-8);
    assertEquals(8 + 3.1824463053 * 2.2730302828, found.interval().high(), 1e-8);
  }

  @Test
  void equalFiguresHaveNoError() {
    assertEquals(new Interval(2.5, 2.5), Jackknife.of(2.5, new double[] {1, 1, 1}, 0.9).interval());
  }

  @Test
  void oneGroupIsNone() {
    assertThrows(IllegalArgumentException.class, () -> Jackknife.of(1, new double[] {1}, 0.95));
  }
}
