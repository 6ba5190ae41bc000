package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums. ND4J adds up long rows in one go, in single precision with five digits left of a few
 * million numbers; a product with a row of ones is exact to the last one or two, and faster.
 */
final class Sums {
  private static final int MOST_COLUMNS = 256;
  private static final int FEWEST_COLUMNS = 8;

  private final Backend backend;
  private final Moves moves;
  private final Products products;

  Sums(Backend backend, Moves moves, Products products) {
    this.backend = backend;
    this.moves = moves;
    this.products = products;
  }

  /** The sum of all elements, a scalar. */
  Value all(Value v) {
    int count = v.elements();
    if (count > MOST_COLUMNS) {
      for (int columns = MOST_COLUMNS; columns >= FEWEST_COLUMNS; columns--) {
        if (count % columns == 0) {
          return all(columns(v, count / columns, columns));
        }
      }
    }
    Value made = backend.make(Shape.SCALAR, false);
    made.array().assign(Nd4j.exec(new Sum(v.as(count), null, false)));
    return made;
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
      Value images = moves.channelsLast(v);
      int channels = v.shape().dim(1);
      return columns(images, v.elements() / channels, channels).under(to, true);
    }
    if (v.shape().rank() == 2 && summed[0] && !summed[1]) {
      return columns(v, v.shape().dim(0), v.shape().dim(1)).under(to, false);
    }
    Value made = backend.make(to, v.channelsLast());
    made.array().assign(Nd4j.exec(new Sum(v.array(), null, true, v.axesInMemory(axes))));
    return made;
  }

  /** Sums each column of the rows that an array is in memory. */
  Value columns(Value v, int rows, int columns) {
    Value ones = moves.full(1, Shape.of(1, rows));
    Value matrix = v.under(Shape.of(rows, columns), false);
    Value sums = products.matmul(ones, false, matrix, false);
    backend.memory().release(ones.lease());
    return sums;
  }
}
