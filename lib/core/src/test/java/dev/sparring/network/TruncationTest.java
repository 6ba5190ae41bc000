package dev.sparring.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import org.junit.jupiter.api.Test;

class TruncationTest {
  private static final int SIZE = 200_000;
  private static final Seed SEED = new Seed(5);

  private static float[] plain(int index, int size) {
    return Latent.NORMAL.draw(SEED.stream("sample", index), size);
  }

  private static float[] normal(Truncation truncation, int index, int size) {
    return truncation.draw(Latent.NORMAL, SEED, index, size);
  }

  /** Standard deviations of the truncated normal distribution, by its closed form. */
  @Test
  void deviationsAreThoseOfTheDistributions() {
    assertEquals(0.28388, deviation(normal(Truncation.resample(0.5), 0, SIZE)), 0.002);
    assertEquals(0.87963, deviation(normal(Truncation.resample(2), 0, SIZE)), 0.005);
    assertEquals(0.3 * 0.87963, deviation(normal(Truncation.scale(0.3), 0, SIZE)), 0.002);
    assertEquals(0.7, deviation(normal(Truncation.temperature(0.7), 0, SIZE)), 0.004);
  }

  @Test
  void resampledElementsAreInsideAndOthersStay() {
    float[] before = plain(3, 1000);
    float[] after = normal(Truncation.resample(0.5), 3, 1000);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
      assertTrue(Math.abs(after[i]) <= 0.5);
      if (Math.abs(before[i]) <= 0.5) {
        assertEquals(before[i], after[i]);
        same++;
      } else {
        assertNotEquals(before[i], after[i]);
      }
    }
    // 38 of 100 are inside.
    assertEquals(383, same, 60);
  }

  @Test
  void samplesHaveNoiseOfTheirOwn() {
    float[] a = normal(Truncation.resample(0.01), 0, 20);
    float[] b = normal(Truncation.resample(0.01), 1, 20);
    for (int i = 0; i < 20; i++) {
      assertNotEquals(a[i], b[i]);
    }
  }

  @Test
  void whatChangesNothingHasTheBitsOfPlainNoise() {
    assertArrayEquals(plain(7, 100), normal(Truncation.resample(50), 7, 100));
    assertArrayEquals(plain(7, 100), normal(Truncation.temperature(1), 7, 100));
    assertArrayEquals(normal(Truncation.resample(2), 7, 100), normal(Truncation.scale(1), 7, 100));
  }

  @Test
  void temperatureScalesUniformNoiseAndOthersRefuseIt() {
    float[] z = Truncation.temperature(0.25).draw(Latent.UNIFORM, SEED, 2, 4);
    float[] before = Latent.UNIFORM.draw(SEED.stream("sample", 2), 4);
    for (int i = 0; i < 4; i++) {
      assertEquals(before[i] / 4, z[i]);
    }
    Truncation.temperature(0.25).requireFor(Latent.UNIFORM);
    refused(
        "resample cuts off the tails of normal noise, and this generator's noise is uniform;"
            + " temperature scales any noise",
        () -> Truncation.resample(0.5).requireFor(Latent.UNIFORM));
    refused(
        "scale cuts off the tails of normal noise, and this generator's noise is uniform;"
            + " temperature scales any noise",
        () -> Truncation.scale(0.5).requireFor(Latent.UNIFORM));
  }

  @Test
  void wrongValuesAreRefused() {
    refused(
        "the threshold of resample must be a number >= 0.001, got 0.0",
        () -> Truncation.resample(0));
    refused(
        "the threshold of resample must be a number >= 0.001, got NaN",
        () -> Truncation.resample(Double.NaN));
    refused(
        "the factor of scale must be above 0 and at most 1, got 1.5", () -> Truncation.scale(1.5));
    refused(
        "temperature must be a number above 0 and at most 1000000, got -1.0",
        () -> Truncation.temperature(-1));
    refused(
        "temperature must be a number above 0 and at most 1000000, got Infinity",
        () -> Truncation.temperature(Double.POSITIVE_INFINITY));
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work::run).getMessage());
  }

  private static double deviation(float[] z) {
    double sum = 0;
    double square = 0;
    for (float x : z) {
      sum += x;
      square += (double) x * x;
    }
    return Math.sqrt(square / z.length - sum / z.length * sum / z.length);
  }
}
