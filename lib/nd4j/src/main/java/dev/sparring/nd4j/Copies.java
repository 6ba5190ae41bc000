package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Permutes, slices and concatenates arrays; their numbers stay unchanged. */
final class Copies {
  private final Backend backend;

  Copies(Backend backend) {
    this.backend = backend;
  }

  Value full(double value, Shape shape) {
    Value made = backend.make(shape, false);
    made.array().assign(value);
    return made;
  }

  /** The same numbers in row-major order; no copy if they are. */
  Value rowMajor(Value v) {
    if (!v.channelsLast()) {
      return v;
    }
    if (v.eitherOrder()) {
      return v.under(v.shape(), false);
    }
    Value made = backend.make(v.shape(), false);
    made.array().assign(v.array().permute(0, 3, 1, 2));
    return made;
  }

  /** The same images with their channels last; no copy if they are. */
  Value channelsLast(Value v) {
    if (v.channelsLast()) {
      return v;
    }
    if (v.eitherOrder()) {
      return v.under(v.shape(), true);
    }
    Value made = backend.make(v.shape(), true);
    made.array().assign(v.array().permute(0, 2, 3, 1));
    return made;
  }

  /** In the requested order. */
  Value ordered(Value v, boolean channelsLast) {
    return channelsLast ? channelsLast(v) : rowMajor(v);
  }

  Value reshape(Value v, Shape to) {
    Shapes.requireAsMany(v.shape(), to);
    return rowMajor(v).under(to, false);
  }

  Value permute(Value v, int[] axes) {
    Shape to = Shape.of(Arrays.stream(axes).map(v.shape()::dim).toArray());
    Value made = backend.make(to, false);
    if (axes.length == 0) {
      made.array().assign(v.array());
    } else {
      made.array().assign(v.array().permute(v.axesInMemory(axes)));
    }
    return made;
  }

  Value slice(Value v, int axis, int start, int length) {
    Value made = backend.make(Shapes.part(v.shape(), axis, start, length), v.channelsLast());
    made.array().assign(part(v, axis, start, length));
    return made;
  }

  /** Zeros of a shape, with one part given. */
  Value embed(Value part, int axis, int start, Shape whole) {
    Value made = backend.make(whole, part.channelsLast());
    made.array().assign(0);
    part(made, axis, start, part.shape().dim(axis)).assign(part.array());
    return made;
  }

  /**
   * Part of images with their channels last.
   *
   * @param corner the first row and column
   * @param to the shape of the result; 0 outside the images
   */
  Value window(Value images, int corner, Shape to) {
    int rows = Math.min(to.dim(2), images.shape().dim(2) - corner);
    int columns = Math.min(to.dim(3), images.shape().dim(3) - corner);
    Value made = backend.make(to, true);
    if (rows < to.dim(2) || columns < to.dim(3)) {
      made.array().assign(0);
    }
    if (rows < 1 || columns < 1) {
      return made; // a kernel that saw nothing but padding
    }
    corner(made, 0, rows, columns).assign(corner(images, corner, rows, columns));
    return made;
  }

  private static INDArray corner(Value images, int corner, int rows, int columns) {
    return images
        .array()
        .get(
            NDArrayIndex.all(),
            NDArrayIndex.interval(corner, corner + rows),
            NDArrayIndex.interval(corner, corner + columns),
            NDArrayIndex.all());
  }

  Value concat(List<Value> parts, int axis) {
    Value first = parts.get(0);
    Shape to = Shapes.joined(parts.stream().map(Value::shape).toList(), axis);
    Value made = backend.make(to, first.channelsLast());
    int start = 0;
    for (Value p : parts) {
      int length = p.shape().dim(axis);
      part(made, axis, start, length).assign(ordered(p, first.channelsLast()).array());
      start += length;
    }
    return made;
  }

  private static INDArray part(Value v, int axis, int start, int length) {
    INDArrayIndex[] indices = new INDArrayIndex[v.shape().rank()];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[v.axisInMemory(axis)] = NDArrayIndex.interval(start, start + length);
    return v.array().get(indices);
  }
}
