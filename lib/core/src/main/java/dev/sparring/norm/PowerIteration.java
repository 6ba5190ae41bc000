package dev.sparring.norm;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * A running estimate of the largest singular value of one matrix.
 *
 * <p>With M the weight as a matrix, one power iteration is v = M^T u / |M^T u|, u = M v / |M v|,
 * and the norm is estimated as u^T M v. Both vectors are kept from pass to pass.
 *
 * <p>Deviations: PyTorch divides by max(norm, 1e-12) where this divides by norm + 1e-12, as the
 * BSSN paper's code does; that code starts with an unnormalized u, which the first iteration
 * normalizes.
 */
final class PowerIteration {
  private static final double EPSILON = 1e-12;

  private final Tensor matrix;
  private final Tensor storedU;
  private final Tensor storedV;
  // Columns.
  private Tensor u;
  private Tensor v;

  /**
   * Continues from the vectors of the last pass.
   *
   * @param matrix the matrix to iterate with
   */
  PowerIteration(Tensor matrix, Reshaping reshaping, NormContext context) {
    this.matrix = matrix;
    storedU = context.state(reshaping.u());
    storedV = context.state(reshaping.v());
    u = column(storedU);
    v = column(storedV);
  }

  /** The gradient needs the old u, which {@link #store} overwrites. */
  void detachFromStore() {
    u = u.plus(0);
  }

  PowerIteration iterate(int iterations) {
    Tensor transposed = matrix.permute(1, 0);
    for (int i = 0; i < iterations; i++) {
      v = unit(transposed.matmul(u));
      u = unit(matrix.matmul(v));
    }
    return this;
  }

  /**
   * Sets v = M^T u / |M^T u|, so that the norm is estimated as |M^T u| before the first iteration.
   * With a v unrelated to u the estimate would be a random number near zero.
   */
  PowerIteration align() {
    v = unit(matrix.permute(1, 0).matmul(u));
    return this;
  }

  void store() {
    storedU.assign(u.detach().reshape(Shape.of(u.shape().dim(0))));
    storedV.assign(v.detach().reshape(Shape.of(v.shape().dim(0))));
  }

  /** The estimate, as a function of the matrix that gradients are to flow to. */
  Tensor norm(Tensor tracked) {
    return u.times(tracked.matmul(v)).sum();
  }

  private static Tensor column(Tensor vector) {
    return vector.reshape(Shape.of(vector.shape().dim(0), 1));
  }

  static Tensor unit(Tensor vector) {
    return vector.div(vector.square().sum().sqrt().plus(EPSILON));
  }
}
