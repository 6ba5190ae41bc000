package dev.sparring.metric;

import java.util.Arrays;

/**
 * The pairs of rows of two sets with intervals of their squared distances, tile by tile: a row of
 * the left set with at most {@link Block#SIZE} rows of the right one. Memory is that of some
 * blocks, whatever the number of rows.
 */
final class ScreenedPairs {
  private final Screen screen;
  private final Products products;
  private final Features left;
  private final Features right;
  private final boolean once;
  private final Screen.Lengths lengthsLeft;
  private final Screen.Lengths lengthsRight;

  private final double[] middles = new double[Block.SIZE];
  private final double[] widths = new double[Block.SIZE];
  private final ExactDistances exact;

  /** The pairs of each row of a set with each of another one. */
  ScreenedPairs(Screen screen, Features left, Features right, Products products) {
    this(screen, left, right, false, products);
  }

  /** The pairs of different rows of a set, each once. */
  ScreenedPairs(Screen screen, Features set, Products products) {
    this(screen, set, set, true, products);
  }

  private ScreenedPairs(
      Screen screen, Features left, Features right, boolean once, Products products) {
    this.screen = screen;
    this.products = products;
    this.left = left;
    this.right = right;
    this.once = once;
    lengthsLeft = screen.lengths(left);
    lengthsRight = once ? lengthsLeft : screen.lengths(right);
    exact = new ExactDistances(left, right);
  }

  /** Sees the pairs of a row with those of a tile. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Sees them.
     *
     * @param row of the left set
     * @param tile first row of the tile in the right set
     * @param from the first of the tile's rows to look at, mostly 0
     * @param size the number of the tile's rows
     * @param middles of their intervals
     * @param widths from an interval's middle to its ends
     * @param exact computes what the intervals leave open
     */
    void see(
        int row,
        int tile,
        int from,
        int size,
        double[] middles,
        double[] widths,
        ExactDistances exact);
  }

  /** Shows all pairs. */
  void visit(Visitor visitor) {
    BlockSizes all = BlockSizes.of(left.columns());
    BlockSizes sizes = once ? all.ofPairs(left.rows()) : all;
    double[][] again = new double[1][];
    for (int row = 0; row < left.rows(); row += sizes.left()) {
      int firstRow = row;
      int firstColumn = once ? row : 0;
      double[] rows = screen.rows(left, row, Math.min(sizes.left(), left.rows() - row), null);
      products.multiply(
          rows,
          left.columns(),
          BlockSizes.count(right.rows() - firstColumn, sizes.right()),
          block -> {
            int from = firstColumn + block * sizes.right();
            int size = Math.min(sizes.right(), right.rows() - from);
            again[0] = screen.rows(right, from, size, again[0]);
            return again[0];
          },
          (block, found) ->
              show(
                  visitor,
                  firstRow,
                  rows.length / left.columns(),
                  firstColumn + block * sizes.right(),
                  found));
    }
  }

  private void show(Visitor visitor, int firstRow, int rows, int firstColumn, double[] found) {
    int width = found.length / rows;
    exact.begin(firstColumn, width);
    for (int i = 0; i < rows; i++) {
      int row = firstRow + i;
      // Of a set's own pairs those with later rows.
      int start = once ? Math.max(0, row + 1 - firstColumn) : 0;
      for (int at = start / Block.SIZE * Block.SIZE; at < width; at += Block.SIZE) {
        int tile = firstColumn + at;
        int size = Math.min(Block.SIZE, width - at);
        screen.intervals(
            lengthsLeft, row, lengthsRight, tile, found, i * width + at, middles, widths, size);
        int from = Math.max(0, start - at);
        if (from < size) {
          visitor.see(row, tile, from, size, middles, widths, exact);
        }
      }
    }
  }

  /** Scaled squared distances, to compare with intervals. */
  double[] scaled(double[] squaredDistances) {
    return Arrays.stream(squaredDistances).map(screen::scaled).toArray();
  }

  /** The same for one. */
  double scaled(double squaredDistance) {
    return screen.scaled(squaredDistance);
  }
}
