package dev.sparring.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DivergenceTest {
  @Test
  void aRunStopsByDefault() {
    assertEquals(
        new Divergence(DivergencePolicy.STOP, 3, RetryChange.SEED, 0.5), Divergence.divergence());
    assertFalse(Divergence.divergence().retries());
  }

  @Test
  void settingsAreChecked() {
    for (double factor : new double[] {0, 1, -0.5, Double.NaN}) {
      assertEquals(
          "factor must be in (0, 1), got " + factor,
          assertThrows(IllegalArgumentException.class, () -> Divergence.divergence().factor(factor))
              .getMessage());
    }
    assertEquals(
        "times must be >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> Divergence.divergence().times(0))
            .getMessage());
  }
}
