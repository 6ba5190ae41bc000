package dev.sparring.norm;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

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
  private final boolean throughVectors;
  private final Tensor storedU;
  private final Tensor storedV;
  // Rows, for products with rows read the matrix as it lies in memory.
  private Tensor u;
  private Tensor v;

  /** M v, if v is of the last iteration: a large matrix is not read again for the norm. */
  private @Nullable Tensor image;

  /**
   * Continues from the vectors of the last pass.
   *
   * @param matrix the matrix to iterate with, and that gradients of the norm flow to
   * @param throughVectors whether they flow through the vectors too
   */
  PowerIteration(Tensor matrix, boolean throughVectors, Reshaping reshaping, NormContext context) {
    this.matrix = matrix;
    this.throughVectors = throughVectors;
    storedU = context.state(reshaping.u());
    storedV = context.state(reshaping.v());
    u = row(storedU);
    v = row(storedV);
    if (throughVectors) {
      u = u.plus(0); // the gradient needs the old u, which store overwrites
    }
  }

  PowerIteration iterate(int iterations) {
    for (int i = 0; i < iterations; i++) {
      align();
      Tensor product = image(v);
      u = unit(vector(product));
      image = product;
    }
    return this;
  }

  /**
   * Sets v = M^T u / |M^T u|, so that the norm is estimated as |M^T u| before the first iteration.
   * With a v unrelated to u the estimate would be a random number near zero.
   */
  PowerIteration align() {
    v = unit(u.matmul(vector(matrix)));
    image = null;
    return this;
  }

  void store() {
    storedU.assign(stored(u));
    storedV.assign(stored(v));
  }

  /** The estimate, as a function of the matrix. */
  Tensor norm() {
    return u.times(image == null ? image(v) : image).sum();
  }

  /** M v. */
  private Tensor image(Tensor vector) {
    return matrix.linear(vector, null).reshape(u.shape());
  }

  /** What the vectors of the next iteration are computed from. */
  private Tensor vector(Tensor from) {
    return throughVectors ? from : from.detach();
  }

  /** A vector as it is stored. */
  private Tensor stored(Tensor row) {
    Tensor vector = row.reshape(Shape.of(row.shape().dim(1)));
    return throughVectors ? vector.detach() : vector;
  }

  private static Tensor row(Tensor vector) {
    return vector.reshape(Shape.of(1, vector.shape().dim(0)));
  }

  static Tensor unit(Tensor vector) {
    return vector.div(vector.norm().plus(EPSILON));
  }
}
