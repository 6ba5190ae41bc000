package dev.sparring.layer;

/** The normalization before the activations of a block. */
public enum BlockNorm {
  /** No normalization. */
  NONE,
  /** {@link BatchNorm}. */
  BATCH,
  /** {@link ConditionalBatchNorm}. */
  CONDITIONAL
}
