package dev.sparring.train;

/**
 * What an engine keeps and borrows besides the results of operations, as multiples of tensors. The
 * kept ones follow from the engines' code. What a started process takes and the overhead were
 * fitted to measured peaks of digits, acgan and sngan-32 on both engines; the other factors are
 * estimates.
 *
 * @param started bytes of a process with the engine's libraries and compiled code, beside the Java
 *     heap; measured on Linux
 * @param leakyRelu results that live as long as that of leakyRelu
 * @param silu the same of silu
 * @param gelu the same of gelu
 * @param linearBias the same of a linear map with a bias
 * @param batchNorm the same of batch normalization with a scale or a shift
 * @param maxPool the same of maxPool2d
 * @param copies whether permuted and sliced tensors are copies
 * @param groups whether a convolution in groups is one operation
 * @param overwrites whether ReLU and leaky ReLU may write over the result of a map or a batch norm
 * @param convolution what a convolution borrows, per byte of its operands and its result
 * @param backward what a derivative borrows, per byte of what it computes
 * @param overhead how much more the C library takes than tensors do
 */
record MemoryTraits(
    double started,
    double leakyRelu,
    double silu,
    double gelu,
    double linearBias,
    double batchNorm,
    double maxPool,
    boolean copies,
    boolean groups,
    boolean overwrites,
    double convolution,
    double backward,
    double overhead) {
  private static final MemoryTraits TORCH =
      new MemoryTraits(275e6, 0, 0, 0, 0, 0, 2, false, true, true, 0.5, 1, 1.5);
  private static final MemoryTraits ND4J =
      new MemoryTraits(165e6, 1, 1, 5, 1, 1, 0, true, false, false, 0.5, 1, 1.5);

  /** Those of an engine by its name; of another one, those of torch. */
  static MemoryTraits of(String engine) {
    return engine.equals("nd4j") ? ND4J : TORCH;
  }
}
