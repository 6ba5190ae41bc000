package dev.sparring.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DiversityTest {
  /** Distances of (0, 0), (3, 4) and (0, 12): 5, 12 and sqrt(9 + 64). */
  @Test
  void theMeanOverPairs() {
    float[] points = {0, 0, 3, 4, 0, 12};
    assertEquals((5 + 12 + Math.sqrt(73)) / 3, Diversity.meanDistance(points, 2), 1e-12);
  }

  @Test
  void equalSamplesAndTooFew() {
    assertEquals(0, Diversity.meanDistance(new float[] {7, 8, 7, 8, 7, 8}, 2));
    assertEquals(Double.NaN, Diversity.meanDistance(new float[] {7, 8}, 2));
  }

  /** The 65th would change the mean. */
  @Test
  void sixtyFourSamplesCount() {
    float[] points = new float[65];
    points[64] = 1000;
    points[63] = 64;
    // 63 of 64 * 63 / 2 pairs are 64 apart.
    assertEquals(2, Diversity.meanDistance(points, 1), 1e-12);
  }
}
