package dev.sparring.tensor;

/** Optional abilities of an engine, which are checked before a run. */
public enum Ability {
  /** Gradients can be differentiated again, as gradient penalties need. */
  SECOND_DERIVATIVES,
  /** Repeating the same operations gives the same bits. */
  BIT_EXACT_REPEATS,
  /** Several processes train together ({@link Engine#join}). */
  GROUPS
}
