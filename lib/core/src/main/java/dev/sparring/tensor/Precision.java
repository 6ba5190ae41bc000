package dev.sparring.tensor;

/** Floating-point format in which an engine computes. */
public enum Precision {
  /** IEEE single precision: what training uses. */
  FLOAT32,
  /** IEEE double precision: for gradient checks and golden values. */
  FLOAT64,
  /**
   * Mixed precision: in training passes of networks, linear maps, convolutions and the activations
   * after them are in bfloat16 (8 bits of exponent, 8 of significand), in about half of the memory;
   * needs an engine and a processor that compute so. Parameters, their normalization, gradients,
   * optimizers, sums, batch statistics, losses, penalties' sums, evaluation and samples are in
   * single precision, and so is everything in files. No loss scaling: bfloat16 has the range of
   * single precision.
   */
  BF16;

  /** The format of tensors outside of training passes, and of what is kept in files. */
  public Precision elements() {
    return this == BF16 ? FLOAT32 : this;
  }

  /** Whether {@link #elements} are single precision. */
  public boolean isSingle() {
    return elements() == FLOAT32;
  }
}
