package dev.sparring.metric;

import org.jspecify.annotations.Nullable;

/**
 * Squared distances from differences, the same bits as {@link Block#squaredDistances}, of a row to
 * some rows of a tile: few one by one, many with the whole tile. So a set whose pairs all need it
 * takes little longer than without products.
 */
final class ExactDistances {
  /** With more rows than this the whole tile is faster. */
  private static final int FEW = 12;

  private final Features left;
  private final Features right;
  private final double[] whole = new double[Block.SIZE];
  private int first;
  private int last;
  private @Nullable Block[] tiles = new Block[0];

  ExactDistances(Features left, Features right) {
    this.left = left;
    this.right = right;
  }

  /** From now on tiles are of these rows of the right set. */
  void begin(int from, int size) {
    first = from;
    last = from + size;
    tiles = new Block[BlockSizes.count(size, Block.SIZE)];
  }

  /**
   * The squared distances of a row to some of one tile.
   *
   * @param row of the left set
   * @param tile first row of the tile in the right set
   * @param wanted rows of the tile, from 0
   * @param count how many
   * @param to receives their distances, in the order of wanted
   */
  void of(int row, int tile, int[] wanted, int count, double[] to) {
    if (count <= FEW) {
      for (int k = 0; k < count; k++) {
        to[k] = Block.squaredDistance(left, row, right, tile + wanted[k]);
      }
      return;
    }
    int number = (tile - first) / Block.SIZE;
    Block block = tiles[number];
    if (block == null) {
      block = new Block(right, tile, Math.min(Block.SIZE, last - tile));
      tiles[number] = block;
    }
    block.squaredDistances(left, row, whole);
    for (int k = 0; k < count; k++) {
      to[k] = whole[wanted[k]];
    }
  }
}
