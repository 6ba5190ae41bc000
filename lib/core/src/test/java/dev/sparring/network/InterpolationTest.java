package dev.sparring.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
  private static final float[] A = {3, 0};
  private static final float[] B = {0, 4};

  @Test
  void lerpIsAStraightLine() {
    assertArrayEquals(new float[] {2.25f, 1}, Interpolation.LERP.between(A, B, 0.25));
  }

  /** A right angle: the weights are sin 60 and sin 30 degrees. */
  @Test
  void slerpIsAGreatCircle() {
    assertArrayEquals(
        new float[] {2.598076f, 2}, Interpolation.SLERP.between(A, B, 1 / 3.0), 1e-6f);
  }

  /** 60 degrees: sin 45 / sin 60 = 0.8164966 and sin 15 / sin 60 = 0.2988585. */
  @Test
  void slerpTakesTheAngleOfVectorsOfOtherLengths() {
    float[] b = {1, 1.7320508f};
    assertArrayEquals(
        new float[] {1.1153551f, 0.5176381f},
        Interpolation.SLERP.between(new float[] {1, 0}, b, 0.25),
        1e-6f);
  }

  @Test
  void anglesAreThoseOfTheDirections() {
    assertEquals(Math.PI / 2, Interpolation.angle(A, B), 1e-12);
    assertEquals(
        Math.PI / 3, Interpolation.angle(new float[] {2, 0}, new float[] {1, 1.7320508f}), 1e-7);
    assertEquals(Math.PI, Interpolation.angle(A, new float[] {-6, 0}), 1e-12);
  }

  /** Each step of slerp turns by the same angle. */
  @Test
  void slerpTurnsEvenly() {
    float[] a = Latent.NORMAL.draw(new Seed(3).stream("a"), 50);
    float[] b = Latent.NORMAL.draw(new Seed(3).stream("b"), 50);
    // Of directions: vectors of different lengths turn unevenly.
    float[] unitB = new float[50];
    for (int i = 0; i < 50; i++) {
      unitB[i] = (float) (b[i] * length(a) / length(b));
    }
    float[] walk = Interpolation.SLERP.walk(joined(a, unitB), 2, 5);
    double whole = Interpolation.angle(a, b);
    for (int step = 0; step < 4; step++) {
      float[] from = Arrays.copyOfRange(walk, step * 50, (step + 1) * 50);
      float[] to = Arrays.copyOfRange(walk, (step + 1) * 50, (step + 2) * 50);
      assertEquals(whole / 4, Interpolation.angle(from, to), 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWalkIsAnOpenPath(Interpolation by) {
    float[] z = {3, 0, 0, 4, -5, 1};
    float[] walk = by.walk(z, 3, 4);
    assertArrayEquals(Arrays.copyOf(by.rows(z, 3, 4), 2 * 4 * 2), walk);
  }

  private static float[] joined(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void slerpKeepsTheLengthAndLerpDoesNot() {
    float[] a = {0.6f, 0, 0.8f};
    float[] b = {0, 1, 0};
    assertEquals(1, length(Interpolation.SLERP.between(a, b, 0.3)), 1e-6);
    assertEquals(Math.sqrt(0.58), length(Interpolation.LERP.between(a, b, 0.3)), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void endsAreExact(Interpolation by) {
    float[] a = Latent.NORMAL.draw(new Seed(3).stream("a"), 50);
    float[] b = Latent.NORMAL.draw(new Seed(3).stream("b"), 50);
    assertArrayEquals(a, by.between(a, b, 0));
    assertArrayEquals(b, by.between(a, b, 1));
  }

  @ParameterizedTest
  @EnumSource
  void equalDirectionsAreALine(Interpolation by) {
    assertArrayEquals(
        new float[] {1.5f, 3}, by.between(new float[] {1, 2}, new float[] {2, 4}, 0.5), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreAClosedPath(Interpolation by) {
    float[] z = {3, 0, 0, 4, -5, 1};
    float[] rows = by.rows(z, 3, 4);
    assertEquals(3 * 4 * 2, rows.length);
    float[][] ends = {{3, 0}, {0, 4}, {-5, 1}};
    for (int row = 0; row < 3; row++) {
      assertArrayEquals(ends[row], vector(rows, 4 * row));
      assertArrayEquals(ends[(row + 1) % 3], vector(rows, 4 * row + 3));
      assertArrayEquals(
          by.between(ends[row], ends[(row + 1) % 3], 1 / 3.0), vector(rows, 4 * row + 1));
    }
  }

  @Test
  void whatHasNoPathIsRefused() {
    refused(
        "slerp needs vectors that are not opposite: every great circle joins those",
        () -> Interpolation.SLERP.between(A, new float[] {-6, 0}, 0.5));
    refused(
        "slerp needs vectors with a direction, got zeros",
        () -> Interpolation.SLERP.between(A, new float[2], 0.5));
    refused(
        "slerp is for normal noise, and this generator's noise is uniform; expected lerp",
        () -> Interpolation.SLERP.requireFor(Latent.UNIFORM, 8));
    refused(
        "slerp needs noise of 2 elements or more, got 1; expected lerp",
        () -> Interpolation.SLERP.requireFor(Latent.NORMAL, 1));
    refused("t must be 0 to 1, got 1.5", () -> Interpolation.LERP.between(A, B, 1.5));
    refused(
        "vectors must have the same length, got 2 and 3",
        () -> Interpolation.LERP.between(A, new float[3], 0.5));
    refused("a path needs 2 noise vectors or more, got 1", () -> Interpolation.LERP.rows(A, 1, 3));
    refused(
        "steps must be >= 2, since both ends are counted, got 1",
        () -> Interpolation.LERP.rows(new float[] {3, 0, 0, 4}, 2, 1));
    refused(
        "3 numbers are not 2 vectors of one length",
        () -> Interpolation.LERP.rows(new float[3], 2, 2));
    Interpolation.LERP.requireFor(Latent.UNIFORM, 1);
    Interpolation.SLERP.requireFor(Latent.NORMAL, 2);
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work::run).getMessage());
  }

  private static float[] vector(float[] rows, int index) {
    return new float[] {rows[2 * index], rows[2 * index + 1]};
  }

  private static double length(float[] v) {
    double square = 0;
    for (float x : v) {
      square += x * x;
    }
    return Math.sqrt(square);
  }
}
