package dev.sparring.recipe;

/** What differs in a retry; an equal training would diverge in the same step. */
public enum RetryChange {
  /**
   * Other random numbers from the checkpoint on: noise, classes of generated samples, order of the
   * data, dropout, augmentations and terms. They follow from the recipe's seed and the number of
   * the retry.
   */
  SEED,
  /** Lower learning rates of both optimizers from the checkpoint on, with the same numbers. */
  RATES
}
