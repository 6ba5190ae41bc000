package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rates of failures: their intervals, Fisher's test, and its power. */
class FailureStatisticsTest {
  @Test
  void intervalsOfRates() {
    assertInterval(0, 0.5218, ClopperPearson.interval(0, 5, 0.95));
    assertInterval(0, 0.1425, ClopperPearson.interval(0, 24, 0.95));
    assertInterval(0.4782, 1, ClopperPearson.interval(5, 5, 0.95));
    // Textbook: 10 of 30.
    assertInterval(0.1729, 0.5281, ClopperPearson.interval(10, 30, 0.95));
  }

  private static void assertInterval(double low, double high, Interval interval) {
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @Test
  void fishersTest() {
    assertEquals(2 / 252.0, FisherTest.twoSided(5, 5, 0, 5), 1e-12);
    assertEquals(2 / 252.0, FisherTest.twoSided(0, 5, 5, 5), 1e-12);
    assertEquals(12 / 252.0, FisherTest.twoSided(5, 5, 1, 5), 1e-12);
    assertEquals(1, FisherTest.twoSided(0, 5, 0, 5));
    assertEquals(1, FisherTest.twoSided(5, 5, 3, 3));
    // The lady tasting tea: 3 of 4 and 1 of 4.
    assertEquals(34 / 70.0, FisherTest.twoSided(3, 4, 1, 4), 1e-12);
  }

  @Test
  void powerToTellRatesApart() {
    // By hand: 5 to 0, 5 to 1 and 4 to 0 are the tables with p <= .05, and the same turned round.
    double forward =
        Math.pow(.5, 5) * (Math.pow(.9, 5) + 5 * .1 * Math.pow(.9, 4))
            + 5 * Math.pow(.5, 5) * Math.pow(.9, 5);
    double backward =
        Math.pow(.5, 5) * (Math.pow(.1, 5) + 5 * .9 * Math.pow(.1, 4))
            + 5 * Math.pow(.5, 5) * Math.pow(.1, 5);
    assertEquals(forward + backward, FisherTest.power(5, .5, .1, .05), 1e-12);
    assertEquals(.12, FisherTest.power(5, .5, .1, .05), .005);
    assertEquals(.83, FisherTest.power(24, .5, .1, .05), .005);
    assertTrue(FisherTest.power(24, .1, .1, .05) <= .05);
  }

  @Test
  void impossibleCountsAreRefused() {
    assertEquals(
        "expected 0 to n failures of n >= 1 runs, got 3 of 2",
        assertThrows(IllegalArgumentException.class, () -> ClopperPearson.interval(3, 2, 0.95))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> ClopperPearson.interval(0, 0, 0.95));
    assertThrows(IllegalArgumentException.class, () -> ClopperPearson.interval(0, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> FisherTest.twoSided(-1, 2, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> FisherTest.power(0, .5, .1, .05));
  }
}
