package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HolmTest {
  /** R: {@code p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")}. */
  @Test
  void knownValues() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
    assertArrayEquals(new double[] {0.2}, Holm.adjust(new double[] {0.2}));
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(new double[] {0.9, 0.7}));
    assertArrayEquals(new double[0], Holm.adjust(new double[0]));
  }

  @Property
  void nothingGetsMoreSignificantThanItWasOrThanBonferroniSays(
      @ForAll @Size(min = 1, max = 10) double[] p) {
    double[] given = Arrays.stream(p).map(v -> Math.abs(v % 1)).toArray();
    double[] adjusted = Holm.adjust(given);
    for (int i = 0; i < given.length; i++) {
      assertTrue(adjusted[i] >= given[i] && adjusted[i] <= 1);
      assertTrue(adjusted[i] <= given[i] * given.length + 1e-15);
      for (int j = 0; j < given.length; j++) {
        assertTrue(given[i] >= given[j] || adjusted[i] <= adjusted[j]);
      }
    }
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(new double[] {1.1}));
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(new double[] {Double.NaN}));
  }
}
