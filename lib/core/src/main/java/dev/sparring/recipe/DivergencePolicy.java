package dev.sparring.recipe;

/** What a run does once a loss or a weight is no longer finite. */
public enum DivergencePolicy {
  /** It ends as diverged and keeps its last checkpoint. */
  STOP,
  /** It goes back to a checkpoint and trains on with a change, a limited number of times. */
  RETRY
}
