package dev.sparring.diagnose;

import dev.sparring.norm.LinearOperator;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * The norm of a linear map, the largest factor by which it lengthens a sample: the largest singular
 * value of the map on the Krylov space of A^T A from a fixed random sample (Golub and Kahan,
 * "Calculating the singular values and pseudo-inverse of a matrix", 1965). It is a bound from
 * below, within a thousandth for convolutions.
 */
final class OperatorNorm {
  private static final int STEPS = 24;
  private static final double NOTHING = 1e-7;

  private OperatorNorm() {}

  static double of(LinearOperator map, Tensor weight) {
    int size = map.input().elements();
    Tensor v = unit(start(size, weight));
    Tensor basis = v;
    Tensor images = null;
    double first = 0;
    for (int step = 1; ; step++) {
      Tensor image = map.apply(v.reshape(map.input().batch(1)), weight);
      Tensor row = image.reshape(Shape.of(1, map.output().elements()));
      images = images == null ? row : images.concat(List.of(row), 0);
      if (step == Math.min(STEPS, size)) {
        break;
      }
      Tensor next = map.transposed(image, weight).reshape(Shape.of(1, size));
      // Twice is enough for a basis that is orthogonal up to rounding.
      next = across(across(next, basis), basis);
      double length = next.square().sum().sqrt().item();
      first = step == 1 ? length : first;
      if (!(length > NOTHING * first)) {
        break;
      }
      v = next.times(1 / length);
      basis = basis.concat(List.of(v), 0);
    }
    return SingularValues.largest(images);
  }

  private static Tensor start(int size, Tensor like) {
    RandomStream random = new Seed(0).stream("operator norm");
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.gaussian();
    }
    return like.engine().upload(values, Shape.of(1, size));
  }

  /** Without the part that lies in the span of rows. */
  private static Tensor across(Tensor x, Tensor rows) {
    return x.minus(x.matmul(rows.permute(1, 0)).matmul(rows));
  }

  private static Tensor unit(Tensor x) {
    return x.times(1 / x.square().sum().sqrt().item());
  }
}
