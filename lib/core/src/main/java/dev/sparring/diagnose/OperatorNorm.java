package dev.sparring.diagnose;

import dev.sparring.norm.LinearOperator;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * The norm of a linear map, the largest factor by which it lengthens a sample: the square root of
 * the largest eigenvalue of A^T A on its Krylov space from a fixed random sample, by the iteration
 * of Lanczos (1950) with three vectors. It is a bound from below, within a thousandth for
 * convolutions.
 *
 * <p>The vectors are not made orthogonal again, which would need all of them, and for large images
 * more memory than a training takes. Without it eigenvalues come up more than once, but the largest
 * is the same (Paige, 1980).
 */
final class OperatorNorm {
  private static final int STEPS = 24;
  private static final double NOTHING = 1e-7;

  private final LinearOperator map;
  private final Tensor weight;
  private final int size;
  private final Tensor v;
  private final Tensor before;

  /** A^T A between the vectors: what is on the diagonal, and what is beside it. */
  private final double[] diagonal;

  private final double[] beside;

  private OperatorNorm(LinearOperator map, Tensor weight) {
    this.map = map;
    this.weight = weight;
    size = map.input().elements();
    v = unit(start(size, weight));
    before = v.times(0);
    diagonal = new double[Math.min(STEPS, size)];
    beside = new double[diagonal.length];
  }

  static double of(LinearOperator map, Tensor weight) {
    OperatorNorm norm = new OperatorNorm(map, weight);
    int steps = 0;
    do {
      int step = steps++;
      weight.engine().scope(() -> norm.advance(step));
    } while (steps < norm.diagonal.length && norm.beside[steps - 1] > NOTHING * norm.scale());
    return Math.sqrt(Math.max(0, SingularValues.ofTridiagonal(norm.diagonal, norm.beside, steps)));
  }

  private double scale() {
    return Math.hypot(diagonal[0], beside[0]);
  }

  private void advance(int step) {
    Tensor image = map.apply(v.reshape(map.input().batch(1)), weight);
    Tensor next = map.transposed(image, weight).reshape(Shape.of(1, size));
    diagonal[step] = next.times(v).sum().item();
    Tensor rest = next.minus(v.times(diagonal[step]));
    if (step > 0) {
      rest = rest.minus(before.times(beside[step - 1]));
    }
    beside[step] = rest.norm().item();
    before.assign(v);
    if (beside[step] > 0) {
      v.assign(rest.times(1 / beside[step]));
    }
  }

  private static Tensor start(int size, Tensor like) {
    RandomStream random = new Seed(0).stream("operator norm");
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.gaussian();
    }
    return like.engine().upload(values, Shape.of(1, size));
  }

  private static Tensor unit(Tensor x) {
    return x.times(1 / x.norm().item());
  }
}
