package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.metric.KernelDistance.Protocol;
import dev.sparring.random.Seed;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {
  private static final Protocol SMALL = new Protocol(4, 20, new Seed(5));

  /** Unbiased: over many pairs of sets the mean goes to 0 from both sides. */
  @Test
  void ofEqualDistributionsIsZeroInTheMean() {
    int pairs = 300;
    double[] values = new double[pairs];
    int negative = 0;
    for (int i = 0; i < pairs; i++) {
      values[i] =
          KernelDistance.between(
                  Samples.normal(2L * i, 20, 3),
                  Samples.normal(2L * i + 1, 20, 3),
                  SMALL.subsets(1))
              .mean();
      negative += values[i] < 0 ? 1 : 0;
    }
    Spread spread = Spread.of(values);
    double error = spread.deviation().getAsDouble() / Math.sqrt(pairs);
    assertEquals(0, spread.mean(), 3 * error);
    assertTrue(negative > pairs / 4 && negative < pairs * 9 / 10, "negative: " + negative);
    double shifted =
        KernelDistance.between(
                Samples.normal(1, 20, 3), Samples.normal(2, 20, 3, 1, 1), SMALL.subsets(1))
            .mean();
    assertTrue(shifted > 20 * error, () -> "shifted: " + shifted);
  }

  /** For x = 0 and y = c in one dimension: 1 + (c^2 + 1)^3 - 2. */
  @Test
  void ofTwoPoints() {
    Features zeros = Features.of(new double[6], 2);
    Features twos = Features.of(new double[] {2, 2, 2, 2, 2, 2}, 2);
    assertEquals(1 + 125 - 2, KernelDistance.between(zeros, twos, SMALL.size(3)).mean(), 1e-12);
  }

  @Property(tries = 40)
  void bothDirectionsAreEqualOverWholeSets(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 80) int n,
      @ForAll @IntRange(min = 1, max = 9) int d) {
    Features x = Samples.correlated(seed, n, d);
    Features y = Samples.correlated(seed + 9, n, d);
    Protocol all = new Protocol(1, n, new Seed(0));
    double forth = KernelDistance.between(x, y, all).mean();
    // The means of the kernel, which cancel, are much larger than the difference.
    double scale = KernelDistance.between(x, Features.of(new double[n * d], d), all).mean();
    assertEquals(forth, KernelDistance.between(y, x, all).mean(), 1e-11 * (Math.abs(scale) + 1000));
  }

  /** A subset without replacement of all samples is all samples, whatever the seed. */
  @Test
  void subsetsAreDrawnWithoutReplacement() {
    Features x = Samples.normal(1, 20, 3);
    Features y = Samples.normal(2, 20, 3);
    KernelDistance whole = KernelDistance.between(x, y, SMALL);
    assertEquals(0, whole.deviation().getAsDouble(), 1e-13);
    assertNotEquals(
        0, KernelDistance.between(x, y, SMALL.size(19)).deviation().getAsDouble(), 1e-9);
  }

  @Test
  void theSeedDrawsTheSubsets() {
    Features x = Samples.normal(1, 50, 3);
    Features y = Samples.normal(2, 40, 3);
    double mean = KernelDistance.between(x, y, SMALL).mean();
    assertEquals(mean, KernelDistance.between(x, y, SMALL).mean());
    assertNotEquals(mean, KernelDistance.between(x, y, SMALL.seed(new Seed(6))).mean());
    assertEquals(new Protocol(100, 1000, new Seed(0)), Protocol.standard());
  }

  @Test
  void theResultTellsEverythingAboutItself() {
    KernelDistance d = new KernelDistance(-0.5, OptionalDouble.of(0.25), 60, 70, 8, SMALL);
    assertEquals(
        "kernel_distance -0.500000, kernel_distance_std 0.250000 (4 subsets of 20 from 60 real and"
            + " 70 fake samples, seed 5, kernel (x.y / 8 + 1)^3 in float64, std ddof 0)",
        d.toString());
    KernelDistance one =
        KernelDistance.between(
            Samples.normal(1, 20, 2), Samples.normal(2, 20, 2), SMALL.subsets(1));
    assertEquals(List.of("kernel_distance"), List.copyOf(one.figures().keySet()));
  }

  /** All subsets from one pass, or one after the other: what each is by the definition. */
  @Test
  void subsetsAreTheSameHoweverTheirProductsAreComputed() {
    Features x = Samples.correlated(1, 2100, 3);
    Features y = Samples.correlated(2, 60, 3);
    for (Protocol protocol : List.of(new Protocol(60, 59, new Seed(3)), SMALL)) {
      Counting products = new Counting();
      KernelDistance found = KernelDistance.between(x, y, protocol, products);
      double[] expected = new double[protocol.subsets()];
      double[] sizes = new double[protocol.subsets()];
      for (int s = 0; s < expected.length; s++) {
        expected[s] = byDefinition(x, y, protocol, s);
        sizes[s] = Math.abs(expected[s]);
      }
      Spread spread = Spread.of(expected);
      double tolerance = 1e-11 * (1 + Spread.of(sizes).mean());
      assertEquals(spread.mean(), found.mean(), tolerance);
      assertEquals(spread.deviation().getAsDouble(), found.deviation().getAsDouble(), tolerance);
      assertTrue(products.numbers * 3 * Double.BYTES <= BlockSizes.MOST_BYTES);
    }
  }

  /** A pass over all pairs where subsets overlap, and only the subsets' pairs where they do not. */
  @Test
  void noMoreProductsThanNeeded() {
    Features x = Samples.normal(1, 100, 2);
    Features y = Samples.normal(2, 100, 2);
    Counting overlapping = new Counting();
    KernelDistance.between(x, y, new Protocol(50, 80, new Seed(1)), overlapping);
    assertTrue(overlapping.count <= 2.25 * 100 * 100, () -> "products: " + overlapping.count);
    Counting few = new Counting();
    KernelDistance.between(x, y, new Protocol(3, 10, new Seed(1)), few);
    assertTrue(few.count <= 3 * 2.4 * 10 * 10, () -> "products: " + few.count);
  }

  private static double byDefinition(Features x, Features y, Protocol protocol, int subset) {
    int m = protocol.size();
    int[] a = protocol.seed().stream("kernel-distance", subset, 0).permutation(x.rows());
    int[] b = protocol.seed().stream("kernel-distance", subset, 1).permutation(y.rows());
    double within = 0;
    double across = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        if (i != j) {
          within += kernel(x, a[i], x, a[j]) + kernel(y, b[i], y, b[j]);
        }
        across += kernel(x, a[i], y, b[j]);
      }
    }
    return within / (m * (m - 1.0)) - 2 * across / ((double) m * m);
  }

  private static double kernel(Features x, int i, Features y, int j) {
    double product = 0;
    for (int c = 0; c < x.columns(); c++) {
      product += x.get(i, c) * y.get(j, c);
    }
    return Math.pow(product / x.columns() + 1, 3);
  }

  /** Plain products that are counted. */
  private static final class Counting implements Products {
    private long count;
    private long numbers;

    @Override
    public double roundoff() {
      return DOUBLE;
    }

    @Override
    public void multiply(
        double[] left, int columns, int blocks, IntFunction<double[]> right, Taker taker) {
      Products.plain()
          .multiply(
              left,
              columns,
              blocks,
              right,
              (block, products) -> {
                count += products.length;
                long others = (long) products.length / (left.length / columns) * columns;
                numbers = Math.max(numbers, left.length + others + products.length);
                taker.take(block, products);
              });
    }
  }

  @Test
  void refusals() {
    Features x = Samples.normal(1, 1500, 2);
    Features y = Samples.normal(1, 500, 2);
    refuses(
        "kernel distance: subsets of 1000 need at least as many samples, got 1500 real and 500"
            + " fake",
        () -> KernelDistance.between(x, y));
    refuses(
        "kernel distance: subsets of 1000 need at least as many samples, got 500 real and 1500"
            + " fake",
        () -> KernelDistance.between(y, x));
    refuses(
        "kernel distance: real samples have 2 features, fake ones 3; one extractor must make both",
        () -> KernelDistance.between(x, Samples.normal(1, 1500, 3)));
    refuses(
        "kernel distance: products must be of double precision, got a unit roundoff of"
            + " 5.9604644775390625E-8",
        () -> KernelDistance.between(x, x, SMALL, new RoughProducts()));
    refuses("kernel distance: subsets must be >= 1, got 0", () -> SMALL.subsets(0));
    refuses("kernel distance: a subset must have >= 2 samples, got 1", () -> SMALL.size(1));
  }
}
