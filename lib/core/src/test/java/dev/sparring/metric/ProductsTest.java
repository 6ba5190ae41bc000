package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProductsTest {
  @Property(tries = 60)
  void plainProductsAreThose(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int n,
      @ForAll @IntRange(min = 1, max = 140) int m,
      @ForAll @IntRange(min = 1, max = 75) int d) {
    double[] left = Samples.normal(seed, n, d).values();
    double[] first = Samples.normal(seed + 1, m, d).values();
    double[] second = Samples.normal(seed + 2, 2, d).values();
    List<Integer> seen = new ArrayList<>();
    Products.plain()
        .multiply(
            left,
            d,
            2,
            block -> block == 0 ? first : second,
            (block, products) -> {
              seen.add(block);
              double[] right = block == 0 ? first : second;
              double[] expected = new double[n * (right.length / d)];
              for (int i = 0; i < expected.length; i++) {
                for (int c = 0; c < d; c++) {
                  int j = i % (right.length / d);
                  expected[i] += left[i / (right.length / d) * d + c] * right[j * d + c];
                }
              }
              assertArrayEquals(expected, products, 1e-12);
            });
    assertEquals(List.of(0, 1), seen);
  }

  /**
   * Blocks fit into memory whatever the number of columns, and grow with what there is room for.
   */
  @Test
  void blocksFit() {
    for (int columns = 1; columns <= 4_000_000; columns = columns * 3 / 2 + 1) {
      BlockSizes sizes = BlockSizes.of(columns);
      assertTrue(
          sizes.bytes(columns) <= BlockSizes.MOST_BYTES || sizes.left() == 1, sizes.toString());
      assertTrue(sizes.right() >= 1 && sizes.right() <= sizes.left());
    }
    assertEquals(new BlockSizes(1792, 896), BlockSizes.of(2048));
    assertEquals(3, BlockSizes.count(7, 3));
    assertEquals(2, BlockSizes.count(6, 3));
  }
}
