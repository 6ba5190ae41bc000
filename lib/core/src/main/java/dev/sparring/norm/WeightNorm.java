package dev.sparring.norm;

import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Normalization of a layer's weight before each use. The raw weight stays the parameter that is
 * trained; the layer computes with what {@link #normalize} makes of it.
 *
 * <p><b>Write your own.</b> Only {@link #normalize} has to be written. This one divides a weight by
 * its Frobenius norm:
 *
 * <pre>{@code
 * record Frobenius() implements WeightNorm {
 *   public Tensor normalize(Tensor weight, NormContext context) {
 *     return weight.div(weight.square().sum().sqrt());
 *   }
 *
 *   public boolean isScaleInvariant() {
 *     return true;
 *   }
 * }
 * }</pre>
 *
 * <p>Tensors beside the weight are declared by {@link #parameters} (learnt) or {@link #states}
 * (carried from pass to pass). The network makes them, hands them over through the {@link
 * NormContext}, and keeps them in checkpoints as {@code <layer>.<name>}. {@link
 * WeightNormalization} is an example of the first, {@link Spectral} of the second.
 */
public interface WeightNorm {
  /**
   * The weight that the layer computes with. Gradients flow through it to the raw weight.
   *
   * @param weight the raw weight
   * @return a tensor of the same shape
   */
  Tensor normalize(Tensor weight, NormContext context);

  /** What is learnt beside a weight; nothing by default. */
  default List<NormTensor> parameters(WeightSpec weight) {
    return List.of();
  }

  /** What is carried from pass to pass beside a weight, and not learnt; nothing by default. */
  default List<NormTensor> states(WeightSpec weight) {
    return List.of();
  }

  /**
   * Called once, when the weight has been drawn, to set {@link #parameters} and {@link #states} by
   * it. They have their first values already; by default they keep them.
   *
   * @param weight the raw weight
   */
  default void begin(Tensor weight, NormContext context) {}

  /**
   * How the weight is drawn under this normalization, in place of what the recipe says; null, the
   * default, leaves it to the recipe. An {@code init} of the layer is an error then.
   */
  default @Nullable Initializer initializer() {
    return null;
  }

  /**
   * The layer's bias is used times this, and begins at its drawn value divided by it; 1 by default.
   */
  default double biasFactor() {
    return 1;
  }

  /** Whether layers use the raw weight as it is, so that there is nothing to tell of; not so. */
  default boolean isIdentity() {
    return false;
  }

  /**
   * Whether a drawn weight and any multiple of it begin as the same normalized weight, so that the
   * scale of an initializer is without effect; false by default. It is false for a normalization
   * that puts the weight's length into a parameter when it begins.
   */
  default boolean isScaleInvariant() {
    return false;
  }

  /**
   * Whether the largest singular value of the normalized weight stays below some number whatever is
   * learnt, which bounds the slope of the layer; false by default.
   */
  default boolean boundsSpectralNorm() {
    return false;
  }

  /**
   * The matrices whose largest singular values diagnostics tell the mean of; by default the one of
   * outputs x rest.
   *
   * @param weight raw or normalized
   */
  default List<Tensor> matrices(Tensor weight, WeightSpec spec) {
    return List.of(matrix(weight, spec.outputAxis()));
  }

  /**
   * The s of a normalization that computes s * weight / e, where e estimates the mean of the
   * largest singular values of {@link #matrices}: diagnostics then tell how far the estimate is
   * off. None by default.
   */
  default OptionalDouble spectralScale() {
    return OptionalDouble.empty();
  }

  /**
   * A weight as a matrix.
   *
   * @param weight of two dimensions, or four
   * @param axis the dimension that counts the matrix's rows, 0 or 1
   */
  static Tensor matrix(Tensor weight, int axis) {
    Shape shape = weight.shape();
    int rows = shape.dim(axis);
    Tensor rowsFirst = weight;
    if (axis == 1) {
      int[] order = IntStream.range(0, shape.rank()).toArray();
      order[0] = 1;
      order[1] = 0;
      rowsFirst = weight.permute(order);
    }
    return rowsFirst.reshape(Shape.of(rows, shape.elements() / rows));
  }
}
