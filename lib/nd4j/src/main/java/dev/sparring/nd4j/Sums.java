package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums. ND4J adds long rows one number after the other, so that the sum of a few million equal
 * numbers has two correct digits in single precision. A product with a row of ones is faster, and
 * correct to the last digit or two if no sum in it is long.
 */
final class Sums {
  private static final int LONGEST = 256;
  private static final int SHORTEST = 8;

  private final Backend backend;
  private final Copies copies;
  private final Products products;

  Sums(Backend backend, Copies copies, Products products) {
    this.backend = backend;
    this.copies = copies;
    this.products = products;
  }

  /** The sum of all elements, a scalar. */
  Value all(Value v) {
    return columns(v, v.elements(), 1).under(Shape.SCALAR, false);
  }

  /** Sums over dimensions, which stay with extent 1. */
  Value over(Value v, int[] axes) {
    boolean[] summed = new boolean[v.shape().rank()];
    for (int axis : axes) {
      summed[Shapes.axis(v.shape(), axis)] = true;
    }
    List<Integer> dims = new ArrayList<>(v.shape().dims());
    for (int i = 0; i < summed.length; i++) {
      if (summed[i]) {
        dims.set(i, 1);
      }
    }
    Shape to = new Shape(dims);
    if (to.elements() == 1) {
      return all(v).under(to, false);
    }
    if (v.shape().rank() == 4 && summed[0] && !summed[1] && summed[2] && summed[3]) {
      Value images = copies.channelsLast(v);
      int channels = v.shape().dim(1);
      return columns(images, v.elements() / channels, channels).under(to, true);
    }
    if (v.shape().rank() == 2 && summed[0] && !summed[1]) {
      return columns(v, v.shape().dim(0), v.shape().dim(1)).under(to, false);
    }
    int rows = to.elements();
    if (isTrailing(summed)) {
      // All of a sample is one row in either order of its numbers.
      Value inRows = rows == v.shape().dim(0) ? v : copies.rowMajor(v);
      return rows(inRows, rows, v.elements() / rows).under(to, false);
    }
    Value made = backend.make(to, v.channelsLast());
    made.array().assign(Nd4j.exec(new Sum(v.array(), null, true, v.axesInMemory(axes))));
    return made;
  }

  /** Sums each column of the rows that an array is in memory; the result is a row, (1, columns). */
  Value columns(Value v, int rows, int columns) {
    int some = partOf(rows);
    if (some == rows) {
      return product(v, rows, columns);
    }
    // Several rows one after another are one longer row of a shorter column.
    int groups = rows / some;
    Value partial = product(v, some, groups * columns);
    Value sums = columns(partial, groups, columns);
    backend.memory().release(partial.lease());
    return sums;
  }

  /** Whether the dimensions summed over are the last ones, and not all. */
  private static boolean isTrailing(boolean[] summed) {
    int kept = 0;
    while (kept < summed.length && !summed[kept]) {
      kept++;
    }
    for (int i = kept; i < summed.length; i++) {
      if (!summed[i]) {
        return false;
      }
    }
    return kept > 0 && kept < summed.length;
  }

  /** Sums each row of the rows that an array is in memory; the result is a column, (rows, 1). */
  private Value rows(Value v, int rows, int columns) {
    int some = partOf(columns);
    int parts = columns / some;
    Value ones = copies.full(1, Shape.of(some, 1));
    Value matrix = v.under(Shape.of(rows * parts, some), false);
    Value sums = products.matmul(matrix, false, ones, false);
    backend.memory().release(ones.lease());
    if (parts == 1) {
      return sums;
    }
    Value whole = rows(sums, rows, parts);
    backend.memory().release(sums.lease());
    return whole;
  }

  /** The largest divisor that is not too long, if there is one; else the number itself. */
  private static int partOf(int rows) {
    if (rows > LONGEST) {
      for (int part = LONGEST; part >= SHORTEST; part--) {
        if (rows % part == 0) {
          return part;
        }
      }
    }
    return rows;
  }

  private Value product(Value v, int rows, int columns) {
    Value ones = copies.full(1, Shape.of(1, rows));
    Value matrix = v.under(Shape.of(rows, columns), false);
    Value sums = products.matmul(ones, false, matrix, false);
    backend.memory().release(ones.lease());
    return sums;
  }
}
