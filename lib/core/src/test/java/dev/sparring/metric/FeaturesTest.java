package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FeaturesTest {
  static void refuses(String text, Executable action) {
    assertEquals(text, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void rowsComeOneAfterTheOther() {
    Features f = Features.of(new float[] {1, 2, 3, 4, 5, 0.5f}, 3);
    assertEquals(2, f.rows());
    assertEquals(3, f.columns());
    assertEquals(3, f.get(0, 2));
    assertEquals(4, f.get(1, 0));
    assertEquals("Features[rows=2, columns=3]", f.toString());
    assertArrayEquals(new double[] {4, 5, 0.5, 1, 2, 3, 4, 5, 0.5}, f.select(1, 0, 1).values());
  }

  @Test
  void numbersAreCopiedIn() {
    double[] values = {1, 2};
    Features f = Features.of(values, 1);
    values[0] = 7;
    assertEquals(1, f.get(0, 0));
  }

  @Test
  void anIndexBesideTheTableIsRefused() {
    Features f = Features.of(new double[6], 3);
    assertThrows(IndexOutOfBoundsException.class, () -> f.get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> f.get(1, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> f.get(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> f.select(2));
  }

  @Test
  void refusals() {
    refuses("features: columns must be >= 1, got 0", () -> Features.of(new double[] {1}, 0));
    refuses("features: there must be at least 1 row, got none", () -> Features.of(new float[0], 4));
    refuses(
        "features: 5 numbers are no whole number of rows of 2",
        () -> Features.of(new double[5], 2));
    refuses(
        "features: row 1, column 0 is NaN; every number must be finite",
        () -> Features.of(new double[] {1, 2, Double.NaN, 4}, 2));
    refuses(
        "features: row 0, column 1 is -Infinity; every number must be finite",
        () -> Features.of(new float[] {1, Float.NEGATIVE_INFINITY}, 2));
    refuses(
        "features: there must be at least 1 row, got none",
        () -> Features.of(new double[] {1}, 1).select());
  }

  @Test
  void softmaxStandsLargeLogits() {
    double e = Math.exp(-1);
    Features p = Features.of(new double[] {1000, 999, -5, -5}, 2).softmax();
    assertArrayEquals(new double[] {1 / (1 + e), e / (1 + e), 0.5, 0.5}, p.values(), 1e-15);
  }
}
