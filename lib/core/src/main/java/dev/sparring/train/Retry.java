package dev.sparring.train;

import dev.sparring.recipe.RetryChange;

/**
 * A return to an earlier point of a training after it had diverged.
 *
 * @param diverged the step in which it diverged
 * @param from the last step before which nothing was given up
 * @param change what differs since then
 * @param reason why it diverged, in one line
 */
public record Retry(long diverged, long from, RetryChange change, String reason) {
  /** E.g. {@code went back from step 35 to step 30, with another seed: loss_d is NaN}. */
  @Override
  public String toString() {
    return "went back from step "
        + diverged
        + " to step "
        + from
        + switch (change) {
          case SEED -> ", with another seed: ";
          case RATES -> ", with lower rates: ";
        }
        + reason;
  }
}
