package dev.sparring.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmaTest {
  /** (1 + n) / (10 + n) of the n-th averaged step until that is above the decay. */
  @ParameterizedTest
  @CsvSource({
    "1, false, 1, 0.9", "1, true, 1, 0.1", "1, true, 2, 0.18181818181818182", "1, true, 82, 0.9",
    "1, true, 80, 0.8988764044943820", "1, true, 1000, 0.9", "5, false, 4, 0", "5, true, 4, 0",
    "5, false, 5, 0.9", "5, true, 5, 0.1", "5, true, 7, 0.25"
  })
  void decayOfAStep(int start, boolean warmup, long step, double decay) {
    assertEquals(decay, new Ema(0.9, start, warmup).at(step), 1e-15);
  }

  @Test
  void settingsAreChecked() {
    for (double decay : new double[] {0, 1, -0.5, Double.NaN}) {
      assertEquals(
          "decay must be in (0, 1), got " + decay,
          assertThrows(IllegalArgumentException.class, () -> Ema.ema().decay(decay)).getMessage());
    }
    assertEquals(
        "start must be >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> Ema.ema().start(0)).getMessage());
  }
}
