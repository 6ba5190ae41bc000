package dev.sparring.layer;

/** Where a convolution's window may lie at the border, if the recipe gives no number of zeros. */
public enum PadRule {
  /** (kernel - stride + 1) / 2 zeros on each side, rounded down and never below 0. */
  EVEN,
  /**
   * TensorFlow's SAME: as many zeros as make sizes divide or multiply by the stride exactly, half
   * of them on each side and the odd one at the bottom and right (TensorFlow 1.15,
   * core/framework/common_shape_fns.cc, GetWindowedOutputSizeVerboseV2).
   */
  SAME,
  /** No zeros: the window stays inside. PyTorch's default. */
  VALID
}
