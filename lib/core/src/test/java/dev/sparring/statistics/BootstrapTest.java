package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final double[] A = {0.613, 0.7147, 0.5811, 0.6639, 0.9302, 0.7718, 0.8405};

  private static RandomStream stream(long index) {
    return new Seed(1).stream("test", index);
  }

  /**
   * {@code scipy.stats.bootstrap((a,), numpy.mean, n_resamples=2000000, method='percentile')} gives
   * (0.6484, 0.8187).
   */
  @Test
  void knownInterval() {
    Interval interval = Bootstrap.mean(A, 0.95, 100_000, stream(0));
    assertEquals(0.64837, interval.low(), 0.001);
    assertEquals(0.81871, interval.high(), 0.001);
    Interval narrower = Bootstrap.mean(A, 0.5, 100_000, stream(0));
    assertTrue(narrower.low() > interval.low() && narrower.high() < interval.high());
  }

  /** Of the mean it is the other one, from the same resamples. */
  @Test
  void anyFigureIsResampled() {
    Interval mean =
        Bootstrap.of(
                A.length,
                drawn -> Moments.mean(Arrays.stream(drawn).mapToDouble(i -> A[i]).toArray()),
                0.95,
                500,
                stream(0))
            .orElseThrow();
    assertEquals(Bootstrap.mean(A, 0.95, 500, stream(0)), mean);
    assertEquals(Optional.empty(), Bootstrap.of(3, drawn -> 1.0 / drawn[0], 0.95, 500, stream(0)));
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.of(1, drawn -> 1, 0.95, 500, stream(0)));
  }

  /** {@code numpy.quantile([1, 2, 4, 8], [0, .025, .5, .9, 1])}. */
  @Test
  void knownQuantiles() {
    double[] sorted = {1, 2, 4, 8};
    double[] at = {0, 0.025, 0.5, 0.9, 1};
    double[] found = Arrays.stream(at).map(p -> Bootstrap.quantile(sorted, p)).toArray();
    double[] expected = {1, 1.075, 3, 6.8, 8};
    for (int i = 0; i < at.length; i++) {
      assertEquals(expected[i], found[i], 1e-12);
    }
  }

  @Test
  void equalStreamsGiveEqualIntervals() {
    assertEquals(
        Bootstrap.mean(A, 0.95, 1000, stream(3)), Bootstrap.mean(A, 0.95, 1000, stream(3)));
  }

  @Property(tries = 200)
  void anIntervalLiesWithinTheValuesAndAroundTheirMean(
      @ForAll @Size(min = 3, max = 8) double[] drawn,
      @ForAll @DoubleRange(min = 0.9, max = 0.99) double level) {
    double[] values = Arrays.stream(drawn).map(v -> Math.IEEEremainder(v, 100)).toArray();
    Interval interval = Bootstrap.mean(values, level, 500, stream(5));
    double small = 1e-12 * 100;
    assertTrue(interval.low() >= Arrays.stream(values).min().orElseThrow() - small);
    assertTrue(interval.high() <= Arrays.stream(values).max().orElseThrow() + small);
    double mean = Moments.mean(values);
    assertTrue(interval.low() <= mean + small && mean - small <= interval.high());
  }

  /** Of many samples' intervals, nearly as many hold the true mean as they claim. */
  @Test
  void intervalsOfManyValuesHoldTheTrueMeanAsOftenAsTheySay() {
    int held = 0;
    int samples = 400;
    for (int s = 0; s < samples; s++) {
      RandomStream random = new Seed(2).stream("sample", s);
      double[] values = new double[40];
      Arrays.setAll(values, i -> 7 + 2 * random.gaussian());
      if (Bootstrap.mean(values, 0.9, 500, stream(s)).contains(7)) {
        held++;
      }
    }
    // 0.9, a little less for the method, and three standard errors of 0.015.
    assertEquals(0.89, held / (double) samples, 0.05);
  }

  @Test
  void whatGivesNoIntervalIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.mean(new double[1], 0.95, 10, stream(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Bootstrap.mean(new double[] {1, Double.NaN}, 0.95, 10, stream(0)));
    assertThrows(IllegalArgumentException.class, () -> Bootstrap.mean(A, 95, 10, stream(0)));
    assertThrows(IllegalArgumentException.class, () -> Bootstrap.mean(A, 0.95, 0, stream(0)));
  }
}
