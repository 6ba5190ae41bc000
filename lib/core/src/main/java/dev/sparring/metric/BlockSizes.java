package dev.sparring.metric;

/**
 * How many rows are multiplied at a time: as many as keep all blocks together, here and on an
 * engine of double precision, below {@link #MOST_BYTES}. More rows make an engine's products
 * faster.
 *
 * @param left rows of the block that is multiplied with many
 * @param right rows of each of these
 */
record BlockSizes(int left, int right) {
  /** The largest blocks together, except for rows that are larger on their own. */
  static final long MOST_BYTES = 200_000_000;

  private static final int MOST_ROWS = 2048;

  /** Left, right and products: as arrays, as tensors, and on the way between the two. */
  private static final int COPIES = 3;

  /** The sizes for rows of that many numbers. */
  static BlockSizes of(int columns) {
    int left = MOST_ROWS;
    while (left > 1 && bytes(left, Math.max(1, left / 2), columns) > MOST_BYTES) {
      left -= Math.max(1, left / 8);
    }
    return new BlockSizes(left, Math.max(1, left / 2));
  }

  /**
   * The same for the pairs of a set's own rows, each once: with smaller blocks on the left fewer
   * pairs are computed twice.
   */
  BlockSizes ofPairs(int rows) {
    return new BlockSizes(Math.min(left, Math.max(1, (rows + 3) / 4)), right);
  }

  /** The most that blocks of these sizes take at once. */
  long bytes(int columns) {
    return bytes(left, right, columns);
  }

  private static long bytes(long left, long right, long columns) {
    long turned = right * columns;
    return Double.BYTES * (COPIES * (left * columns + right * columns + left * right) + turned);
  }

  /** The number of blocks of a size that rows make. */
  static int count(int rows, int size) {
    return (rows + size - 1) / size;
  }
}
