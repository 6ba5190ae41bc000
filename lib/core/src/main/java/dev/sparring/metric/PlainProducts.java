package dev.sparring.metric;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Products in plain loops. Every product adds its terms in the same order, four at a time, so it
 * does not depend on the blocks.
 */
final class PlainProducts implements Products {
  private static final int TILE = 64;

  /** Columns of a tile that stay in the innermost cache: 16 KB. A multiple of four. */
  private static final int CHUNK = 32;

  private final double[] turned = new double[TILE * CHUNK];
  private final double[] sums0 = new double[TILE];
  private final double[] sums1 = new double[TILE];

  @Override
  public double roundoff() {
    return DOUBLE;
  }

  @Override
  public void multiply(
      double[] left, int columns, int blocks, IntFunction<double[]> right, Taker taker) {
    for (int block = 0; block < blocks; block++) {
      double[] rows = right.apply(block);
      int width = rows.length / columns;
      double[] products = new double[Math.multiplyExact(left.length / columns, width)];
      for (int from = 0; from < width; from += TILE) {
        int size = Math.min(TILE, width - from);
        for (int c = 0; c < columns; c += CHUNK) {
          int to = Math.min(columns, c + CHUNK);
          turn(rows, from, size, columns, c, to);
          addTile(left, columns, c, to, products, from, size);
        }
      }
      taker.take(block, products);
    }
  }

  /** Lays a part of a tile out by column, {@link #TILE} numbers each. */
  private void turn(double[] rows, int from, int size, int columns, int fromColumn, int toColumn) {
    for (int c = fromColumn; c < toColumn; c++) {
      int at = (c - fromColumn) * TILE;
      for (int j = 0; j < size; j++) {
        turned[at + j] = rows[(from + j) * columns + c];
      }
      Arrays.fill(turned, at + size, at + TILE, 0);
    }
  }

  /** Adds the terms of some columns to the products of all rows with those of a tile. */
  private void addTile(
      double[] left,
      int columns,
      int fromColumn,
      int toColumn,
      double[] products,
      int from,
      int size) {
    int rows = left.length / columns;
    int width = products.length / rows;
    for (int i = 0; i < rows; i += 2) {
      // An odd last row is computed twice, so that there is one loop.
      int other = Math.min(i + 1, rows - 1);
      System.arraycopy(products, i * width + from, sums0, 0, size);
      System.arraycopy(products, other * width + from, sums1, 0, size);
      int c = fromColumn;
      for (; c + 3 < toColumn; c += 4) {
        addFour(left, i * columns + c, other * columns + c, (c - fromColumn) * TILE);
      }
      for (; c < toColumn; c++) {
        double x = left[i * columns + c];
        double y = left[other * columns + c];
        int at = (c - fromColumn) * TILE;
        for (int j = 0; j < TILE; j++) {
          sums0[j] += x * turned[at + j];
          sums1[j] += y * turned[at + j];
        }
      }
      System.arraycopy(sums0, 0, products, i * width + from, size);
      System.arraycopy(sums1, 0, products, other * width + from, size);
    }
  }

  private void addFour(double[] left, int first, int second, int at) {
    double[] turned = this.turned;
    double[] a = sums0;
    double[] b = sums1;
    double x0 = left[first];
    double x1 = left[first + 1];
    double x2 = left[first + 2];
    double x3 = left[first + 3];
    double y0 = left[second];
    double y1 = left[second + 1];
    double y2 = left[second + 2];
    double y3 = left[second + 3];
    for (int j = 0; j < TILE; j++) {
      double t0 = turned[at + j];
      double t1 = turned[at + TILE + j];
      double t2 = turned[at + 2 * TILE + j];
      double t3 = turned[at + 3 * TILE + j];
      a[j] += x0 * t0 + x1 * t1 + x2 * t2 + x3 * t3;
      b[j] += y0 * t0 + y1 * t1 + y2 * t2 + y3 * t3;
    }
  }
}
