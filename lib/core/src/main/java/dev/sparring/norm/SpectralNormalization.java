package dev.sparring.norm;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes spectrally normalized weights.
 *
 * <p>With M the weight as a matrix, one power iteration is v = M^T u / |M^T u|, u = M v / |M v|,
 * and the norm is estimated as u^T M v. Both vectors last from pass to pass.
 *
 * <p>Deviations: PyTorch divides by max(norm, 1e-12) where this divides by norm + 1e-12, as the
 * BSSN paper's code does; that code starts u unnormalized, which the first iteration undoes.
 */
public final class SpectralNormalization {
  private static final double EPSILON = 1e-12;

  private SpectralNormalization() {}

  /**
   * The vectors that a weight needs: their names and shapes, in PyTorch's naming for the out
   * direction ({@code weight_u} (out), {@code weight_v} (in * kh * kw)) and with {@code _in} behind
   * for the in direction.
   */
  public static Map<String, Shape> vectors(Spectral kind, Shape weight, int outputAxis) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Reshaping d : Reshaping.of(kind, weight, outputAxis)) {
      int rows = weight.dim(d.axis());
      shapes.put(d.u(), Shape.of(rows));
      shapes.put(d.v(), Shape.of(weight.elements() / rows));
    }
    return shapes;
  }

  /**
   * The matrices whose norms a normalization averages, outputs x rest first; just that one where
   * nothing is normalized.
   *
   * @param outputAxis the weight's dimension that counts outputs
   */
  public static List<Tensor> matrices(WeightNorm norm, Tensor weight, int outputAxis) {
    List<Reshaping> directions =
        norm instanceof Spectral kind
            ? Reshaping.of(kind, weight.shape(), outputAxis)
            : List.of(new Reshaping(outputAxis, ""));
    return directions.stream().map(d -> d.matrix(weight)).toList();
  }

  /**
   * Sets each v to the one that belongs to its u, so that the norm can be estimated before the
   * first iteration: as |M^T u|, where a v in no relation to u would give anything around zero.
   *
   * @param vectors the tensors of {@link #vectors}; those named v are overwritten
   */
  public static void align(
      Spectral kind, Tensor weight, int outputAxis, Map<String, Tensor> vectors) {
    for (Reshaping d : Reshaping.of(kind, weight.shape(), outputAxis)) {
      new Estimate(d.matrix(weight).detach(), d, vectors).align().store();
    }
  }

  /**
   * Runs power iterations on a weight that stays as it is.
   *
   * @param vectors the tensors of {@link #vectors}; overwritten
   */
  public static void iterate(
      Spectral kind, Tensor weight, int outputAxis, Map<String, Tensor> vectors, int iterations) {
    for (Reshaping d : Reshaping.of(kind, weight.shape(), outputAxis)) {
      new Estimate(d.matrix(weight).detach(), d, vectors).iterate(iterations).store();
    }
  }

  /**
   * The normalized weight.
   *
   * @param weight the raw weight
   * @param outputAxis the weight's dimension that counts outputs
   * @param vectors the tensors of {@link #vectors}; overwritten in training
   * @param training whether to run the power iterations of one forward pass
   */
  public static Tensor normalize(
      Spectral kind, Tensor weight, int outputAxis, Map<String, Tensor> vectors, boolean training) {
    Tensor sum = null;
    int directions = 0;
    for (Reshaping d : Reshaping.of(kind, weight.shape(), outputAxis)) {
      Tensor matrix = d.matrix(weight);
      Estimate estimate =
          new Estimate(kind.power().throughVectors() ? matrix : matrix.detach(), d, vectors);
      if (training) {
        if (kind.power().throughVectors()) {
          estimate.detachFromStore();
        }
        estimate.iterate(kind.power().iterations()).store();
      }
      Tensor norm = estimate.norm(matrix);
      sum = sum == null ? norm : sum.plus(norm);
      directions++;
    }
    if (sum == null) {
      throw new IllegalStateException("a spectral norm without a direction");
    }
    return weight.div(sum.times(1 / (directions * kind.scale())));
  }

  /** A running estimate for one direction; u and v are columns. */
  private static final class Estimate {
    private final Tensor matrix;
    private final Reshaping direction;
    private final Map<String, Tensor> vectors;
    private Tensor u;
    private Tensor v;

    Estimate(Tensor matrix, Reshaping direction, Map<String, Tensor> vectors) {
      this.matrix = matrix;
      this.direction = direction;
      this.vectors = vectors;
      u = column(stored(direction.u()));
      v = column(stored(direction.v()));
    }

    /** The gradient needs the old u, which {@link #store} overwrites. */
    void detachFromStore() {
      u = u.plus(0);
    }

    Estimate iterate(int iterations) {
      Tensor transposed = matrix.permute(1, 0);
      for (int i = 0; i < iterations; i++) {
        v = unit(transposed.matmul(u));
        u = unit(matrix.matmul(v));
      }
      return this;
    }

    Estimate align() {
      v = unit(matrix.permute(1, 0).matmul(u));
      return this;
    }

    void store() {
      stored(direction.u()).assign(u.detach().reshape(Shape.of(u.shape().dim(0))));
      stored(direction.v()).assign(v.detach().reshape(Shape.of(v.shape().dim(0))));
    }

    Tensor norm(Tensor tracked) {
      return u.times(tracked.matmul(v)).sum();
    }

    private Tensor stored(String name) {
      Tensor t = vectors.get(name);
      if (t == null) {
        throw new IllegalStateException("no vector " + name + " among " + vectors.keySet());
      }
      return t;
    }

    private static Tensor column(Tensor vector) {
      return vector.reshape(Shape.of(vector.shape().dim(0), 1));
    }

    private static Tensor unit(Tensor vector) {
      return vector.div(vector.square().sum().sqrt().plus(EPSILON));
    }
  }
}
