package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;

/** Matrix products. */
final class Products {
  private final Backend backend;

  Products(Backend backend) {
    this.backend = backend;
  }

  /** a b, either of them transposed first if wished. */
  Value matmul(Value a, boolean transposeA, Value b, boolean transposeB) {
    int rows = a.shape().dim(transposeA ? 1 : 0);
    int inner = a.shape().dim(transposeA ? 0 : 1);
    int columns = b.shape().dim(transposeB ? 0 : 1);
    if (inner != b.shape().dim(transposeB ? 1 : 0)) {
      throw new EngineException(
          "matrices " + a.shape() + " and " + b.shape() + " cannot be multiplied");
    }
    Value made = backend.make(Shape.of(rows, columns), false);
    if (columns == 1 && rows > 1) {
      // A column is a row of the transposed product in memory, and libnd4j is fast only with rows.
      run(
          b.under(Shape.of(1, inner), false),
          false,
          a,
          !transposeA,
          made.under(Shape.of(1, rows), false));
    } else {
      run(a, transposeA, b, transposeB, made);
    }
    return made;
  }

  private void run(Value a, boolean transposeA, Value b, boolean transposeB, Value to) {
    backend
        .ops()
        .run(
            "matmul",
            Ops.arrays(a.array(), b.array()),
            Ops.arrays(to.array()),
            transposeA ? 1 : 0,
            transposeB ? 1 : 0,
            0);
  }
}
