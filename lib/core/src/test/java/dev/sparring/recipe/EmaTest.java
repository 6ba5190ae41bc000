package dev.sparring.recipe;

import static dev.sparring.recipe.GeneratorStatistics.OWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmaTest {
  private static final double RAMP = 0.0345;

  /** (1 + n) / (10 + n) of the n-th averaged step until that is above the decay. */
  @ParameterizedTest
  @CsvSource({
    "1, false, 1, 0.9", "1, true, 1, 0.1", "1, true, 2, 0.18181818181818182", "1, true, 82, 0.9",
    "1, true, 80, 0.8988764044943820", "1, true, 1000, 0.9", "5, false, 4, 0", "5, true, 4, 0",
    "5, false, 5, 0.9", "5, true, 5, 0.1", "5, true, 7, 0.25"
  })
  void decayOfAStep(int start, boolean warmup, long step, double decay) {
    assertEquals(decay, Ema.ema().decay(0.9).start(start).warmup(warmup).at(step, 64), 1e-15);
  }

  /**
   * 0.5^(batch / max(min(half-life, ramp images), 1e-8)), as StyleGAN2's training loop has it, for
   * batches of 48 and images that are counted before the step.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 2, 1.881450857685153e-09",
    "1, 3, 4.3375694319343783e-05",
    "1, 8, 0.05668902437021965",
    "1, 200, 0.9039683613462612",
    "4, 3, 0",
    "4, 4, 0",
    "4, 6, 4.3375694319343783e-05",
    "1, 100000, 0.9672763296139321"
  })
  void halfLifeWithRamp(int start, long step, double decay) {
    Ema ema = Ema.ema().halfLife(1000).ramp(RAMP).start(start);
    assertEquals(decay, ema.at(step, 48), 1e-14);
  }

  @Test
  void halfLifeWithoutRamp() {
    Ema ema = Ema.ema().halfLife(192);
    // Four steps of 48 images halve a weight.
    assertEquals(0.5, Math.pow(ema.at(1, 48), 4), 1e-15);
    assertEquals(ema.at(1, 48), ema.at(1000, 48));
    assertEquals(ema.at(1, 48), Math.pow(ema.at(1, 12), 4), 1e-15);
  }

  @Test
  void aDecayOrAHalfLife() {
    assertEquals(0.999, Ema.ema().at(7, 64));
    assertEquals(0.999, Ema.ema().resolved().decay());
    assertNull(Ema.ema().halfLife(500).resolved().decay());
    assertNull(Ema.ema().halfLife(500).decay());
    assertNull(Ema.ema().halfLife(500).ramp(0.1).decay(0.9).ramp());
    assertEquals(
        "decay 0.9 and halfLife 500.0 are two ways to say one thing: leave one of them out",
        refused(() -> new Ema(0.9, 1, false, 500.0, null, OWN)));
    assertEquals(
        "ramp is for a halfLife; with a decay, warmup: true forgets early weights",
        refused(() -> Ema.ema().ramp(0.05)));
    assertEquals(
        "warmup is for a decay; with a halfLife, ramp: 0.05 forgets early weights",
        refused(() -> Ema.ema().halfLife(500).warmup(true)));
    assertEquals(0, Ema.ema().halfLife(0).at(9, 48));
    assertEquals("halfLife must be >= 0, got -0.5", refused(() -> Ema.ema().halfLife(-0.5)));
    assertEquals("ramp must be > 0, got -1.0", refused(() -> Ema.ema().halfLife(5).ramp(-1)));
  }

  private static String refused(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
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
