package dev.sparring.layer;

/** The number of zeros around a convolution's input, if the recipe gives none. */
public enum PadRule {
  /** (kernel - stride + 1) / 2 zeros on each side, rounded down and never below 0. */
  EVEN,
  /**
   * TensorFlow's SAME: enough zeros that the output size is the input size divided by the stride
   * (rounded up), or multiplied by it; half of them on each side, an odd one at the bottom and
   * right (TensorFlow 1.15, core/framework/common_shape_fns.cc, GetWindowedOutputSizeVerboseV2).
   */
  SAME,
  /** No zeros: the window stays inside. PyTorch's default. */
  VALID
}
