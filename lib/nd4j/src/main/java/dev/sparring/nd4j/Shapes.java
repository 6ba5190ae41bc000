package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of results. Operands that do not fit are refused here: ND4J computes nonsense from
 * some of them, and libnd4j reports others on standard output.
 */
final class Shapes {
  private Shapes() {}

  /** Aligned at the last dimension; extents of 1 are broadcast. */
  static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    Integer[] dims = new Integer[rank];
    for (int i = 1; i <= rank; i++) {
      int p = i <= a.rank() ? a.dim(-i) : 1;
      int q = i <= b.rank() ? b.dim(-i) : 1;
      if (p != q && p != 1 && q != 1) {
        throw new EngineException("shapes " + a + " and " + b + " do not fit together");
      }
      dims[rank - i] = Math.max(p, q);
    }
    return new Shape(List.of(dims));
  }

  /** The product of two matrices, or of several pairs, each optionally transposed first. */
  static Shape product(Shape a, boolean transposeA, Shape b, boolean transposeB) {
    boolean matrices = a.rank() == b.rank() && (a.rank() == 2 || a.rank() == 3);
    boolean fit =
        matrices
            && a.dim(transposeA ? -2 : -1) == b.dim(transposeB ? -1 : -2)
            && (a.rank() == 2 || a.dim(0) == b.dim(0));
    if (!fit) {
      throw new EngineException("matrices " + a + " and " + b + " cannot be multiplied");
    }
    int rows = a.dim(transposeA ? -1 : -2);
    int columns = b.dim(transposeB ? -2 : -1);
    return a.rank() == 2 ? Shape.of(rows, columns) : Shape.of(a.dim(0), rows, columns);
  }

  /** Images x after a convolution with kernels w. */
  static Shape convolved(Shape x, Shape w, @Nullable Shape bias, int stride, int padding) {
    requireKernel(x, w, 1);
    requireBias(bias, w.dim(0));
    boolean inside = x.dim(2) + 2 * padding >= w.dim(2) && x.dim(3) + 2 * padding >= w.dim(3);
    if (!inside) {
      throw new EngineException(
          "images " + x + " with padding " + padding + " are smaller than the kernel " + w);
    }
    return Shape.of(
        x.dim(0),
        w.dim(0),
        (x.dim(2) + 2 * padding - w.dim(2)) / stride + 1,
        (x.dim(3) + 2 * padding - w.dim(3)) / stride + 1);
  }

  /** Images x after a transposed convolution with kernels w. */
  static Shape transposed(
      Shape x, Shape w, @Nullable Shape bias, int stride, int padding, int outputPadding) {
    requireKernel(x, w, 0);
    requireBias(bias, w.dim(1));
    return Shape.of(
        x.dim(0),
        w.dim(1),
        spread(x.dim(2), w.dim(2), stride, padding) + outputPadding,
        spread(x.dim(3), w.dim(3), stride, padding) + outputPadding);
  }

  /** The extent over which a transposed convolution without output padding spreads another. */
  static int spread(int extent, int kernel, int stride, int padding) {
    return (extent - 1) * stride - 2 * padding + kernel;
  }

  private static void requireKernel(Shape x, Shape w, int channels) {
    boolean fit = x.rank() == 4 && w.rank() == 4 && x.dim(1) == w.dim(channels);
    if (!fit) {
      throw new EngineException(
          "images " + x + " and the kernel " + w + " do not have as many channels");
    }
  }

  private static void requireBias(@Nullable Shape bias, int channels) {
    if (bias != null) {
      requireVector("bias", bias, channels);
    }
  }

  /** Refuses tensors without one number for each channel. */
  static void requireVector(String name, Shape s, int channels) {
    boolean fit = s.rank() == 1 && s.dim(0) == channels;
    if (!fit) {
      throw new EngineException(
          "a " + name + " of shape " + s + " does not fit " + channels + " channels");
    }
  }

  /** Images after pooling without padding. */
  static Shape pooled(Shape s, int kernel, int stride) {
    boolean inside = s.rank() == 4 && s.dim(2) >= kernel && s.dim(3) >= kernel;
    if (!inside) {
      throw new EngineException(
          "images " + s + " are smaller than windows of " + kernel + " x " + kernel);
    }
    return Shape.of(
        s.dim(0), s.dim(1), (s.dim(2) - kernel) / stride + 1, (s.dim(3) - kernel) / stride + 1);
  }

  /** Refuses another number of elements. */
  static void requireAsMany(Shape from, Shape to) {
    if (from.elements() != to.elements()) {
      throw new EngineException(from + " elements cannot become " + to);
    }
  }

  /** A part along a dimension, which is not negative. */
  static Shape part(Shape s, int axis, int start, int length) {
    boolean inside = start >= 0 && length >= 1 && length <= s.dim(axis) - start;
    if (!inside) {
      throw new EngineException(
          s + " has no part [" + start + ", " + start + " + " + length + ") along " + axis);
    }
    return with(s, axis, length);
  }

  /** Tensors one after another along a dimension, which is not negative. */
  static Shape joined(List<Shape> parts, int axis) {
    Shape first = parts.get(0);
    for (Shape p : parts) {
      boolean fit = p.rank() == first.rank() && with(p, axis, 1).equals(with(first, axis, 1));
      if (!fit) {
        throw new EngineException(
            "shapes " + first + " and " + p + " cannot be joined along " + axis);
      }
    }
    return with(first, axis, parts.stream().mapToInt(p -> p.dim(axis)).sum());
  }

  /** The same shape but for one extent. */
  static Shape with(Shape s, int axis, int extent) {
    List<Integer> dims = new ArrayList<>(s.dims());
    dims.set(axis, extent);
    return new Shape(dims);
  }

  /** A dimension counted from the first one. */
  static int axis(Shape s, int axis) {
    int positive = axis < 0 ? s.rank() + axis : axis;
    if (positive < 0 || positive >= s.rank()) {
      throw new EngineException(s + " has no dimension " + axis);
    }
    return positive;
  }
}
