package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;

/**
 * What a run does when it diverges: when a loss or a weight is no longer finite.
 *
 * <p>A retry goes back to the newest whole checkpoint; if the one before it diverged without having
 * reached a new checkpoint, to the checkpoint before that, as long as one is kept. What is given up
 * stays beside the run: rows, pictures and checkpoints of abandoned steps are put aside, never
 * deleted. The column {@code retries} of the metrics counts the retries of each row, findings and
 * {@code run.json} say from where to where each one went and why. A retried run repeats bit for bit
 * as any other.
 *
 * <p>A run that had to be retried is another experiment than one that had not: say so when you
 * compare them.
 *
 * @param policy stop, or retry
 * @param times how often a run goes back at most, all retries counted; the next divergence ends it.
 *     Without effect if it stops
 * @param change what differs in a retry. Without effect if it stops
 * @param factor by which each retry multiplies the learning rates of both optimizers, in (0, 1), on
 *     top of their schedules. Without effect unless change is rates
 */
public record Divergence(DivergencePolicy policy, int times, RetryChange change, double factor) {
  /** Checks the settings. */
  public Divergence {
    Require.atLeast("times", times, 1);
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor must be in (0, 1), got " + factor);
    }
  }

  /** Stops. If it shall retry: at most 3 times, with another seed; the factor of rates is 0.5. */
  @Defaults
  public static Divergence divergence() {
    return new Divergence(DivergencePolicy.STOP, 3, RetryChange.SEED, 0.5);
  }

  /** The same with another policy. */
  public Divergence policy(DivergencePolicy policy) {
    return Settings.with(this, "policy", policy);
  }

  /** The same with another number of retries. */
  public Divergence times(int times) {
    return Settings.with(this, "times", times);
  }

  /** The same with another change. */
  public Divergence change(RetryChange change) {
    return Settings.with(this, "change", change);
  }

  /** The same with another factor. */
  public Divergence factor(double factor) {
    return Settings.with(this, "factor", factor);
  }

  /** Whether the run goes back when it diverges. */
  public boolean retries() {
    return policy == DivergencePolicy.RETRY;
  }
}
