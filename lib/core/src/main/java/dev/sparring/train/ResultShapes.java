package dev.sparring.train;

import dev.sparring.tensor.Shape;

/** Shapes of the results of operations. */
final class ResultShapes {
  private ResultShapes() {}

  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int p = i <= a.rank() ? a.dim(-i) : 1;
      int q = i <= b.rank() ? b.dim(-i) : 1;
      dims[rank - i] = Math.max(p, q);
    }
    return Shape.of(dims);
  }

  static Shape convolved(Shape x, Shape weight, int stride, int padding) {
    return Shape.of(
        x.dim(0),
        weight.dim(0),
        (x.dim(2) + 2 * padding - weight.dim(2)) / stride + 1,
        (x.dim(3) + 2 * padding - weight.dim(3)) / stride + 1);
  }

  static Shape transposed(Shape x, Shape weight, int stride, int padding, int outputPadding) {
    return Shape.of(
        x.dim(0),
        weight.dim(1),
        (x.dim(2) - 1) * stride - 2 * padding + weight.dim(2) + outputPadding,
        (x.dim(3) - 1) * stride - 2 * padding + weight.dim(3) + outputPadding);
  }

  static Shape pooled(Shape x, int kernel, int stride) {
    return Shape.of(
        x.dim(0), x.dim(1), (x.dim(2) - kernel) / stride + 1, (x.dim(3) - kernel) / stride + 1);
  }

  /** The sums over axes, which keep one element each. */
  static Shape summed(Shape x, int... axes) {
    Shape result = x;
    for (int axis : axes) {
      result = with(result, axis, 1);
    }
    return result;
  }

  /** A shape with another extent of one of its axes, which may be counted from the end. */
  static Shape with(Shape x, int axis, int length) {
    int[] dims = x.dims().stream().mapToInt(Integer::intValue).toArray();
    dims[axis < 0 ? x.rank() + axis : axis] = length;
    return Shape.of(dims);
  }
}
