package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of a tensor, dense in memory: in row-major order, or, only with four dimensions, with
 * the channels last: (N, H, W, C) in memory is (N, C, H, W) in the shape.
 */
final class Value {
  private final Memory.Lease lease;
  private final Shape shape;
  private final boolean channelsLast;

  Value(Memory.Lease lease, Shape shape, boolean channelsLast) {
    this.lease = lease;
    this.shape = shape;
    this.channelsLast = channelsLast;
  }

  Memory.Lease lease() {
    return lease;
  }

  /** The shape that the engine's users see. */
  Shape shape() {
    return shape;
  }

  boolean channelsLast() {
    return channelsLast;
  }

  int elements() {
    return shape.elements();
  }

  /** The array in its memory layout. */
  INDArray array() {
    return lease.as(inMemory());
  }

  /** The array in its memory layout, with another shape of the same number of elements. */
  INDArray as(int... dims) {
    return lease.as(Shape.of(dims));
  }

  /** The extents in memory order. */
  Shape inMemory() {
    return channelsLast ? lastOf(shape) : shape;
  }

  /** The memory dimension of a dimension of the shape. */
  int axisInMemory(int axis) {
    int positive = axis < 0 ? shape.rank() + axis : axis;
    return channelsLast ? new int[] {0, 3, 1, 2}[positive] : positive;
  }

  int[] axesInMemory(int[] axes) {
    return Arrays.stream(axes).map(this::axisInMemory).toArray();
  }

  /** Whether both orders are the same: one channel, or one pixel. */
  boolean eitherOrder() {
    return shape.rank() == 4 && (shape.dim(1) == 1 || shape.dim(2) * shape.dim(3) == 1);
  }

  /** The same memory under a shape with as many elements in the same order. */
  Value under(Shape other, boolean last) {
    return new Value(lease, other, last);
  }

  private static Shape lastOf(Shape s) {
    return Shape.of(s.dim(0), s.dim(2), s.dim(3), s.dim(1));
  }
}
