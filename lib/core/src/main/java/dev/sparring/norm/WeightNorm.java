package dev.sparring.norm;

import dev.sparring.init.DataDependent;
import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.setting.Settings;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Normalization of a layer's weight before each use. The raw weight stays the parameter that is
 * trained; the layer computes with the result of {@link #normalize}.
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
 * (carried from pass to pass). The network creates them, passes them in through the {@link
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

  /** Learnt tensors beside the weight; none by default. */
  default List<NormTensor> parameters(WeightSpec weight) {
    return List.of();
  }

  /** Tensors beside the weight that are kept from pass to pass and not learnt; none by default. */
  default List<NormTensor> states(WeightSpec weight) {
    return List.of();
  }

  /**
   * The same for a normalization whose states depend on the size of images.
   *
   * @param operator the layer's linear map; null if it has none but its weight as a matrix
   */
  default List<NormTensor> states(WeightSpec weight, @Nullable LinearOperator operator) {
    return states(weight);
  }

  /**
   * Called once, when the weight has been drawn, to set {@link #parameters} and {@link #states}
   * from it. They have their initial values already, and keep them by default.
   *
   * @param weight the raw weight
   */
  default void begin(Tensor weight, NormContext context) {}

  /** What sets its parameters from a first batch, after {@link #begin}; nothing by default. */
  default Optional<DataDependent> fromFirstBatch() {
    return Optional.empty();
  }

  /**
   * Moves the {@link #states} as that many training passes with the same weight would; other
   * processes of a training make these passes. By default it normalizes so often.
   *
   * @param weight the raw weight
   * @param context of a training pass
   */
  default void skip(Tensor weight, NormContext context, long passes) {
    for (long i = 0; i < passes; i++) {
      normalize(weight, context);
    }
  }

  /**
   * The initializer of weights with this normalization, which replaces the recipe's; null, the
   * default, keeps the recipe's. If it is not null, an {@code init} of the layer is an error.
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

  /**
   * Whether layers use the raw weight unchanged, so that tables need not mention it; false by
   * default.
   */
  default boolean isIdentity() {
    return false;
  }

  /**
   * Whether a drawn weight and any multiple of it give the same initial normalized weight, so that
   * the scale of an initializer has no effect; false by default. It is false for a normalization
   * that stores the length of the drawn weight in a parameter.
   */
  default boolean isScaleInvariant() {
    return false;
  }

  /**
   * Whether a length of the weight is divided by, so that a weight of zeros has no normalized
   * weight; plans and networks refuse one then. By default, that is so if {@link
   * #isScaleInvariant}.
   */
  default boolean dividesByLength() {
    return isScaleInvariant();
  }

  /**
   * Whether the largest singular value of the normalized weight is bounded whatever is learnt,
   * which bounds the Lipschitz constant of the layer; false by default.
   */
  default boolean boundsSpectralNorm() {
    return false;
  }

  /**
   * The matrices of whose largest singular values diagnostics report the mean; by default one
   * matrix, outputs x rest.
   *
   * @param weight raw or normalized
   */
  default List<Tensor> matrices(Tensor weight, WeightSpec spec) {
    return List.of(matrix(weight, spec.outputAxis()));
  }

  /**
   * The s of a normalization that computes s * weight / e, where e estimates the mean of the
   * largest singular values of {@link #matrices}: diagnostics then report the error of the
   * estimate. Empty by default.
   */
  default OptionalDouble spectralScale() {
    return OptionalDouble.empty();
  }

  /**
   * The most that the largest singular value of the normalized weight, as a matrix outputs x rest,
   * can be, as far as power iteration follows the weight; empty by default.
   */
  default OptionalDouble spectralCeiling() {
    return OptionalDouble.empty();
  }

  /** The word by which recipes name a normalization; the name of its class if it has none. */
  static String word(WeightNorm norm) {
    return Settings.word(norm);
  }

  /**
   * A weight as a matrix.
   *
   * @param weight of two dimensions, or four
   * @param axis the dimension that becomes the matrix's rows, 0 or 1
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
