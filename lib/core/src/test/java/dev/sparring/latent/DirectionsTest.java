package dev.sparring.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.latent.Directions.Rows;
import org.junit.jupiter.api.Test;

class DirectionsTest {
  private static Directions of(Rows rows, int latent, double... a) {
    return Directions.of("a test", a, latent, rows);
  }

  @Test
  void ofADiagonalMatrixTheyAreTheAxesByFallingSize() {
    Directions found = of(Rows.PLAIN, 3, 2, 0, 0, 0, -5, 0, 0, 0, 3);
    assertEquals(3, found.count());
    double[][] axes = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
    double[] strengths = {5, 3, 2};
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(axes[i], found.vector(i), 1e-12);
      assertEquals(strengths[i], found.strength(i), 1e-12);
    }
  }

  /** numpy.linalg.svd([[3, 1], [-1, 2], [0.5, 4]]). */
  @Test
  void ofAnotherMatrixTheyAreItsRightSingularVectors() {
    Directions found = of(Rows.PLAIN, 2, 3, 1, -1, 2, 0.5, 4);
    assertEquals(4.666962194631811, found.strength(0), 1e-9);
    assertEquals(3.077249400662454, found.strength(1), 1e-9);
    assertArrayEquals(new double[] {0.2517958478461148, 0.9677803733324293}, found.vector(0), 1e-9);
    assertArrayEquals(
        new double[] {0.9677803733324292, -0.2517958478461151}, found.vector(1), 1e-9);
  }

  /**
   * Rows (3, 1), (-1, 2) and (0.5, 4) over their lengths: A'A = [[1.1153846, 0.0230769],
   * [0.0230769, 1.8846154]], from 9/10 + 1/5 + 1/65, 3/10 - 2/5 + 8/65 and 1/10 + 4/5 + 64/65.
   */
  @Test
  void rowsOfLengthOneAreThoseOfTheAuthorsProgram() {
    Directions found = of(Rows.UNIT, 2, 3, 1, -1, 2, 0.5, 4, 0, 0);
    double half = Math.hypot((1.8846153846 - 1.1153846154) / 2, 0.0230769231);
    assertEquals(Math.sqrt(1.5 + half), found.strength(0), 1e-9);
    assertEquals(Math.sqrt(1.5 - half), found.strength(1), 1e-9);
    double angle = Math.atan2(2 * 0.0230769231, 1.8846153846 - 1.1153846154) / 2;
    assertArrayEquals(new double[] {Math.sin(angle), Math.cos(angle)}, found.vector(0), 1e-9);
  }

  @Test
  void noiseMovesAlongThem() {
    Directions found = of(Rows.PLAIN, 2, 0, -4, 1, 0);
    assertArrayEquals(new float[] {7, 5.5f}, found.moved(new float[] {7, 8}, 0, -2.5));
    assertArrayEquals(new float[] {9, 8}, found.moved(new float[] {7, 8}, 1, 2));
    refused(
        "directions of 2 elements cannot move noise of 3", () -> found.moved(new float[3], 0, 1));
  }

  @Test
  void noMatricesAreRefused() {
    refused("3 numbers are no rows of a map of 2 elements", () -> of(Rows.PLAIN, 2, 1, 2, 3));
    refused(
        "the weight of the first linear map is not finite", () -> of(Rows.UNIT, 2, 1, Double.NaN));
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work::run).getMessage());
  }
}
