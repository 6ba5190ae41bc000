package dev.sparring.tensor;

/** What an engine may or may not be able to do; asked before a run, never found out within one. */
public enum Ability {
  /** Gradients can be differentiated again, as gradient penalties need. */
  SECOND_DERIVATIVES,
  /** Repeating the same operations gives the same bits. */
  BIT_EXACT_REPEATS
}
