package dev.sparring.norm;

import dev.sparring.init.WeightSpec;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Division by an estimate of the largest singular value: scale * weight / norm.
 *
 * <p>A convolution's weight is the matrix out x (in * kh * kw); the bidirectional kinds take the
 * mean of its norm and of that of in x (out * kh * kw). A dense layer's two matrices are each
 * other's transpose, so every kind takes the one norm. Biases are not scaled.
 *
 * <p>Power iterations run in every forward pass in training, including passes in the generator's
 * updates. Evaluation runs none and uses the vectors of the last training pass. The vectors have
 * PyTorch's names for the out direction, {@code weight_u} (out) and {@code weight_v} (in * kh *
 * kw), and the suffix {@code _in} for the in direction.
 *
 * <p>The four kinds are those of Lin, Sekar and Fanti, "Why Spectral Normalization Stabilizes GANs:
 * Analysis and Improvements" (NeurIPS 2021, arXiv:2009.02773).
 */
public sealed interface Spectral extends WeightNorm permits Sn, Ssn, Bsn, Bssn {
  /** Whether both reshapes of a convolution's weight count. */
  boolean bidirectional();

  /** The factor after the division; 1 makes the norm one. */
  double scale();

  /** What is done with the norm; the bidirectional kinds always divide. */
  default SpectralMode mode() {
    return SpectralMode.SCALE;
  }

  /** How the norm is estimated. */
  Power power();

  @Override
  default List<NormTensor> states(WeightSpec weight) {
    List<NormTensor> vectors = new ArrayList<>();
    for (Reshaping r : Reshaping.of(bidirectional(), weight.shape(), weight.outputAxis())) {
      int rows = weight.shape().dim(r.axis());
      vectors.add(NormTensor.unitVector(r.u(), rows));
      vectors.add(NormTensor.unitVector(r.v(), weight.shape().elements() / rows));
    }
    return vectors;
  }

  /** Each v belongs to its u, so that evaluation before any training has an estimate. */
  @Override
  default void begin(Tensor weight, NormContext context) {
    for (Reshaping r : reshapings(context)) {
      new PowerIteration(r.matrix(weight).detach(), false, r, context)
          .align()
          .iterate(power().warmup())
          .store();
    }
  }

  @Override
  default Tensor normalize(Tensor weight, NormContext context) {
    List<Reshaping> reshapings = reshapings(context);
    Tensor sum = norm(weight, reshapings.get(0), context);
    for (Reshaping r : reshapings.subList(1, reshapings.size())) {
      sum = sum.plus(norm(weight, r, context));
    }
    return mode().apply(weight, sum.times(1.0 / reshapings.size()), scale());
  }

  private Tensor norm(Tensor weight, Reshaping reshaping, NormContext context) {
    Tensor matrix = reshaping.matrix(weight);
    boolean throughVectors = context.training() && power().throughVectors();
    PowerIteration estimate = new PowerIteration(matrix, throughVectors, reshaping, context);
    if (context.training()) {
      estimate.iterate(power().iterations()).store();
    }
    return estimate.norm();
  }

  /** Only the iterations of these passes. */
  @Override
  default void skip(Tensor weight, NormContext context, long passes) {
    for (Reshaping r : reshapings(context)) {
      new PowerIteration(r.matrix(weight).detach(), false, r, context)
          .iterate(Math.toIntExact(power().iterations() * passes))
          .store();
    }
  }

  private List<Reshaping> reshapings(NormContext context) {
    WeightSpec weight = context.spec();
    return Reshaping.of(bidirectional(), weight.shape(), weight.outputAxis());
  }

  @Override
  default boolean isScaleInvariant() {
    return mode() == SpectralMode.SCALE;
  }

  @Override
  default boolean boundsSpectralNorm() {
    return true;
  }

  @Override
  default List<Tensor> matrices(Tensor weight, WeightSpec spec) {
    return Reshaping.of(bidirectional(), weight.shape(), spec.outputAxis()).stream()
        .map(r -> r.matrix(weight))
        .toList();
  }

  @Override
  default OptionalDouble spectralScale() {
    return mode() == SpectralMode.SCALE ? OptionalDouble.of(scale()) : OptionalDouble.empty();
  }

  /** Where the mean of two singular values is fixed, one may be twice as large. */
  @Override
  default OptionalDouble spectralCeiling() {
    return OptionalDouble.of(bidirectional() ? 2 * scale() : scale());
  }
}
