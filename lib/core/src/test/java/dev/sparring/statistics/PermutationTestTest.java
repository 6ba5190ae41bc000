package dev.sparring.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Expected values are those of {@code scipy.stats.permutation_test((a, b), f,
 * alternative='greater', n_resamples=inf).pvalue} with {@code f = lambda x, y: abs(mean(x) -
 * mean(y))}.
 */
class PermutationTestTest {
  private static final double[] A = {0.62, 0.71, 0.58, 0.66, 0.93};
  private static final double[] B = {0.81, 0.92, 0.85, 0.99, 0.78};

  private static RandomStream stream() {
    return new Seed(1).stream("test");
  }

  private static double p(double[] a, double[] b) {
    return PermutationTest.twoSided(a, b, stream());
  }

  @Test
  void knownValues() {
    assertEquals(16 / 252.0, p(A, B), 1e-15);
    assertEquals(0.125, p(A, Arrays.copyOf(B, 3)), 1e-15);
  }

  /** SciPy, of 400,000 deals: 0.3042. Here 1,352,078 are possible and 20,000 are drawn. */
  @Test
  void ofManyDealsSomeAreDrawn() {
    double[] a = IntStream.rangeClosed(1, 12).mapToDouble(i -> i * i % 23).toArray();
    double[] b = IntStream.rangeClosed(1, 11).mapToDouble(i -> i * i % 19 + 2.5).toArray();
    assertEquals(0.3042, p(a, b), 4 * 0.0033);
    assertEquals(1_352_078, PermutationTest.choices(23, 12));
  }

  @Test
  void theSmallestPOfFewValues() {
    assertEquals(0.1, p(new double[] {1, 2, 3}, new double[] {4, 5, 6}), 1e-15);
    assertEquals(2 / 70.0, p(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}), 1e-15);
    double[] low = IntStream.range(0, 12).mapToDouble(i -> i).toArray();
    double[] high = IntStream.range(0, 12).mapToDouble(i -> 100 + i).toArray();
    assertEquals(1 / 20_001.0, p(low, high), 1e-6, "never 0");
  }

  /** Sums of the same values in another order differ in their last bits. */
  @Test
  void roundingMakesNoDifference() {
    double[] a = {0.1, 0.2, 0.3};
    assertEquals(1, p(a, new double[] {0.3, 0.1, 0.2}), 1e-15);
    assertEquals(1, p(new double[] {0.1, 0.1}, new double[] {0.1, 0.1, 0.1}), 1e-15);
  }

  @Property(tries = 200)
  void itDependsOnNeitherOrderNorUnits(@ForAll @Size(min = 2, max = 9) int[] drawn) {
    double[] all = Arrays.stream(drawn).mapToDouble(i -> i % 50).toArray();
    int cut = all.length / 2;
    double[] a = Arrays.copyOfRange(all, 0, cut);
    double[] b = Arrays.copyOfRange(all, cut, all.length);
    double p = p(a, b);
    assertTrue(p > 0 && p <= 1);
    assertEquals(p, p(b, a), 1e-15);
    double[] scaledA = Arrays.stream(a).map(v -> 3 - 8 * v).toArray();
    double[] scaledB = Arrays.stream(b).map(v -> 3 - 8 * v).toArray();
    assertEquals(p, p(scaledA, scaledB), 1e-15);
  }

  @Test
  void emptyAndInfiniteSamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> p(new double[0], B));
    assertThrows(
        IllegalArgumentException.class, () -> p(A, new double[] {1, Double.POSITIVE_INFINITY}));
  }
}
