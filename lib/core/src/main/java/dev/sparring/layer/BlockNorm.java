package dev.sparring.layer;

/** What stands before the activations of a block. */
public enum BlockNorm {
  /** Nothing. */
  NONE,
  /** {@link BatchNorm}. */
  BATCH,
  /** {@link ConditionalBatchNorm}. */
  CONDITIONAL
}
