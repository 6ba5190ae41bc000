package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;

/** Matrix products. */
final class Products {
  private final Backend backend;

  Products(Backend backend) {
    this.backend = backend;
  }

  /** a b, either of them optionally transposed first; with three dimensions, matrix by matrix. */
  Value matmul(Value a, boolean transposeA, Value b, boolean transposeB) {
    Shape product = Shapes.product(a.shape(), transposeA, b.shape(), transposeB);
    int rows = product.dim(0);
    Value made = backend.make(product, false);
    if (product.rank() == 2 && product.dim(1) == 1 && rows > 1) {
      // A column is a row of the transposed product in memory, and libnd4j is fast only with rows.
      run(
          b.under(Shape.of(1, b.elements()), false),
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
