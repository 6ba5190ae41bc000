package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {
  /** {@code numpy.mean(a)} and {@code numpy.std(a, ddof=1)}. */
  @Test
  void knownValues() {
    double[] a = {0.62, 0.71, 0.58, 0.66, 0.93};
    assertEquals(0.7, Moments.mean(a), 1e-15);
    assertEquals(0.13729530217745983, Moments.standardDeviation(a), 1e-15);
  }

  /** A sum of squares minus a square of sums would give 0 here, or a negative variance. */
  @Test
  void largeOffsetsCostNoDigits() {
    double[] far = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    assertEquals(Math.sqrt(30), Moments.standardDeviation(far), 1e-9);
  }

  @Property
  void movingAllValuesMovesTheMeanOnly(
      @ForAll @Size(min = 2, max = 20) double[] drawn,
      @ForAll @DoubleRange(min = -5, max = 5) double by) {
    double[] values = new double[drawn.length];
    double[] moved = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      values[i] = Math.IEEEremainder(drawn[i], 100);
      moved[i] = values[i] + by;
    }
    assertEquals(Moments.mean(values) + by, Moments.mean(moved), 1e-11);
    double deviation = Moments.standardDeviation(values);
    assertTrue(deviation >= 0);
    assertEquals(deviation, Moments.standardDeviation(moved), 1e-6);
  }

  @Test
  void tooFewValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Moments.mean(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Moments.standardDeviation(new double[1]));
  }
}
