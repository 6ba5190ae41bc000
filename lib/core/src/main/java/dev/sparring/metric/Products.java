package dev.sparring.metric;

import java.util.function.IntFunction;

/**
 * Where metrics get the scalar products of many rows with many others, block by block: the one part
 * of them whose work grows with the square of the number of samples. {@link #plain} computes in
 * Java; a numerical library may do the same faster.
 *
 * <p>Products may be rounded, in single precision too: {@link NeighborMetrics} uses them to find
 * out which pairs of samples matter, and computes those again, so its figures are the same bits
 * with any products that keep the bound of {@link #roundoff}.
 */
public interface Products {
  /** The unit roundoff of double precision. */
  double DOUBLE = 0x1p-53;

  /** The unit roundoff of single precision. */
  double SINGLE = 0x1p-24;

  /**
   * The unit roundoff u: each number of a block is rounded once, with a relative error of at most
   * u, and each multiplication and each addition of a product has one of at most u, in any order,
   * with or without fused operations. So a product of d terms is wrong by at most about (d + 2) u
   * times the product of the lengths of its rows.
   */
  double roundoff();

  /**
   * Computes the products of the rows of one block with those of several others, one block after
   * the other.
   *
   * @param left (rows, columns), row-major
   * @param columns numbers in a row
   * @param blocks number of other blocks
   * @param right gives each of them, (rows, columns), from 0; it is asked once for each, in order,
   *     and may hand out one array again and again
   * @param taker receives the products
   */
  void multiply(double[] left, int columns, int blocks, IntFunction<double[]> right, Taker taker);

  /** Receives the products of a block. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes the products of one block, before the next block is asked for.
     *
     * @param block its number
     * @param products (rows of left, rows of the block), row-major; may be changed, and is not used
     *     afterwards
     */
    void take(int block, double[] products);
  }

  /** These if they are of double precision, else {@link #plain}. */
  default Products precise() {
    return roundoff() > DOUBLE ? plain() : this;
  }

  /** In Java, in double precision, by one thread: the same bits everywhere. */
  static Products plain() {
    return new PlainProducts();
  }
}
