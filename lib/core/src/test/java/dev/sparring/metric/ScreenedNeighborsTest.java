package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** With products everything is, bit for bit, what it is without. */
class ScreenedNeighborsTest {
  private static void same(Features real, Features fake, int precisionK, int densityK) {
    for (Products products : new Products[] {Products.plain(), new RoughProducts()}) {
      int most = Math.max(precisionK, densityK);
      Neighbors expected = Neighbors.of(real, most);
      Neighbors found = Neighbors.of(real, most, products);
      for (int k = 1; k <= most; k++) {
        assertArrayEquals(expected.squaredRadii(k), found.squaredRadii(k));
      }
      double[] closed = expected.squaredRadii(precisionK);
      double[] ofFake = Neighbors.of(fake, precisionK).squaredRadii(precisionK);
      double[] open = expected.squaredRadii(densityK);
      assertEquals(
          Balls.compare(real, fake, closed, ofFake, open),
          Balls.compare(real, fake, closed, ofFake, open, products));
      assertEquals(
          NeighborMetrics.between(real, fake, precisionK, densityK),
          NeighborMetrics.between(real, fake, precisionK, densityK, products));
    }
  }

  @Property(tries = 40)
  void ofRandomSets(
      @ForAll long seed,
      @ForAll @IntRange(min = 7, max = 150) int n,
      @ForAll @IntRange(min = 7, max = 150) int m,
      @ForAll @IntRange(min = 1, max = 40) int d,
      @ForAll @IntRange(min = 1, max = 6) int k) {
    same(Samples.correlated(seed, n, d), Samples.correlated(seed + 3, m, d), k, 7 - k);
  }

  /** On a lattice most distances are radii of others, and half of the samples are duplicates. */
  @Property(tries = 20)
  void ofTiesAndDuplicates(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int d) {
    same(lattice(seed, 150, d, 0.1), lattice(seed + 1, 140, d, 0.1), 3, 5);
    same(lattice(seed, 150, d, 1), lattice(seed, 150, d, 1), 2, 2);
  }

  private static Features lattice(long seed, int n, int d, double step) {
    double[] values = Samples.normal(seed, n, d).values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i]) * step;
    }
    return Features.of(values, d);
  }

  /** Small differences of large numbers: a product of two rows knows nothing of their distance. */
  @Property(tries = 20)
  void ofFarClustersWithACommonOffset(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int digits) {
    double spread = Math.pow(10, -digits);
    same(clusters(seed, 120, spread), clusters(seed + 1, 110, spread), 3, 5);
  }

  private static Features clusters(long seed, int n, double spread) {
    RandomStream random = new Seed(seed).stream("clusters");
    double[] values = new double[n * 6];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 6; c++) {
        values[i * 6 + c] = 1e6 + 1000 * (i % 3 - 1) + spread * random.gaussian();
      }
    }
    return Features.of(values, 6);
  }

  @Test
  void ofCollapsedSamples() {
    Features real = Samples.normal(1, 90, 5);
    Features one = Features.of(new double[100 * 5], 5);
    same(real, one, 3, 5);
    same(one, real, 3, 5);
    same(one, one, 3, 5);
    double[] nearly = new double[100 * 5];
    nearly[7] = 1e-300;
    nearly[9] = 1e-160;
    same(real, Features.of(nearly, 5), 3, 5);
  }

  /** One outlier makes all other numbers small, to nothing in single precision. */
  @Test
  void ofAnOutlier() {
    for (double far : new double[] {1e5, 1e10, 1e60, 1e110}) {
      double[] values = Samples.normal(1, 90, 5).values().clone();
      values[12] = far;
      same(Features.of(values, 5), Samples.normal(2, 80, 5), 3, 5);
      same(Samples.normal(2, 80, 5), Features.of(values, 5), 3, 5);
    }
  }

  @Test
  void ofAsManyNeighborsAsThereAre() {
    same(Samples.normal(1, 30, 4), Samples.normal(2, 30, 4), 29, 29);
    same(Samples.normal(1, 2, 4), Samples.normal(2, 2, 4), 1, 1);
    same(Samples.normal(1, 40, 4), Samples.normal(2, 2, 4), 1, 39);
  }

  /** More rows than a block has, and rows so long that blocks are short. */
  @Test
  void ofSeveralBlocks() {
    Features real = Samples.normal(1, 2500, 2);
    Features fake = Samples.normal(2, 2100, 2, 0.3, 1);
    RoughProducts products = new RoughProducts();
    assertEquals(
        NeighborMetrics.between(real, fake), NeighborMetrics.between(real, fake, products));
    assertTrue(products.blocks > 10, () -> "blocks: " + products.blocks);
    long room = BlockSizes.of(2).bytes(2) / Double.BYTES / 3;
    assertTrue(products.most <= room, () -> products.most + " > " + room);
    int d = 300_000;
    Features wide = Samples.normal(3, 30, d);
    RoughProducts few = new RoughProducts();
    assertArrayEquals(
        Neighbors.of(wide, 3).squaredRadii(3), Neighbors.of(wide, 3, few).squaredRadii(3));
    assertTrue(few.blocks > 3);
    assertTrue(few.most * 3 * Double.BYTES <= BlockSizes.MOST_BYTES);
  }

  /** Numbers whose squares are no numbers, or none any more, have no bounds: the plain way. */
  @Test
  void ofNumbersWithoutBounds() {
    Features plain = Samples.normal(1, 20, 3);
    assertNotNull(Screen.of(Products.SINGLE, plain));
    for (double scale : new double[] {1e-200, 1e200, 1e300}) {
      Features x = Samples.normal(1, 60, 3, 0, scale);
      Features y = Samples.normal(2, 50, 3, scale, scale);
      assertNull(Screen.of(Products.SINGLE, x, y));
      same(x, y, 3, 5);
    }
    assertNull(Screen.of(0.02, plain));
  }

  /** Whatever the numbers, lengths are neither above 1 nor far below. */
  @Test
  void lengthsAreOfTheSizeOfOne() {
    for (double scale : new double[] {1e-110, 1e-60, 1, 1e60, 1e110}) {
      Features x = Samples.normal(1, 60, 3, 7 * scale, scale);
      Screen screen = Screen.of(Products.SINGLE, x);
      assertNotNull(screen);
      double largest = screen.lengths(x).largest();
      assertTrue(largest <= 1 && largest > 0.1, () -> "largest: " + largest);
      same(x, Samples.normal(2, 50, 3, 7 * scale, scale), 3, 5);
    }
  }

  /** Each interval contains its distance, and is not much wider than the products deserve. */
  @Property(tries = 30)
  void intervalsContainTheirDistances(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int d) {
    Features x = Samples.correlated(seed, 40, d);
    Features y = Samples.correlated(seed + 1, 64, d);
    Screen screen = Screen.of(Products.SINGLE, x, y);
    assertNotNull(screen);
    Screen.Lengths ofX = screen.lengths(x);
    Screen.Lengths ofY = screen.lengths(y);
    assertTrue(ofX.largest() <= 1 && ofY.largest() <= 1);
    double[] middles = new double[64];
    double[] widths = new double[64];
    double[] right = screen.rows(y, 0, 64, null);
    new RoughProducts()
        .multiply(
            screen.rows(x, 0, 40, null),
            d,
            1,
            block -> right,
            (block, products) -> {
              for (int i = 0; i < 40; i++) {
                screen.intervals(ofX, i, ofY, 0, products, i * 64, middles, widths, 64);
                for (int j = 0; j < 64; j++) {
                  double exact = screen.scaled(Block.squaredDistance(x, i, y, j));
                  assertTrue(Math.abs(exact - middles[j]) <= widths[j]);
                  assertTrue(widths[j] <= 3 * (d + 9) * Products.SINGLE);
                }
              }
            });
  }

  /** Almost all pairs are decided without their distance; by count, since time is no test. */
  @Test
  void fewDistancesAreComputed() {
    Features x = Samples.normal(1, 600, 16);
    Screen screen = Screen.of(Products.SINGLE, x);
    assertNotNull(screen);
    double[] radii = Neighbors.of(x, 3).squaredRadii(3);
    ScreenedPairs pairs = new ScreenedPairs(screen, x, new RoughProducts());
    double[] scaled = pairs.scaled(radii);
    int[] open = new int[2];
    pairs.visit(
        (row, tile, from, size, middles, widths, exact) -> {
          for (int j = from; j < size; j++) {
            open[0] += Math.abs(middles[j] - scaled[row]) <= widths[j] ? 1 : 0;
            open[1]++;
          }
        });
    assertEquals(600 * 599 / 2, open[1]);
    assertTrue(open[0] < 600 * 6, () -> "open: " + open[0]);
  }
}
