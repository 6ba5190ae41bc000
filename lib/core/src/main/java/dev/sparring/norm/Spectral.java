package dev.sparring.norm;

/**
 * Division by an estimate of the largest singular value.
 *
 * <p>A convolution's weight is the matrix out x (in * kh * kw); the bidirectional kinds take the
 * mean of its norm and of that of in x (out * kh * kw). A dense layer's two matrices are each
 * other's transpose, so every kind takes the one norm. Biases are not scaled.
 *
 * <p>Power iterations happen in every forward pass in training, the generator's step included, and
 * never in evaluation, which uses the vectors of the last training pass.
 */
public sealed interface Spectral extends WeightNorm permits Sn, Ssn, Bsn, Bssn {
  /** Whether both reshapes of a convolution's weight count. */
  boolean bidirectional();

  /** The factor behind the division; 1 makes the norm one. */
  double scale();

  /** How the norm is estimated. */
  Power power();
}
