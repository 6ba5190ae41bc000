package dev.sparring.recipe;

import dev.sparring.setting.Defaults;

/**
 * Which checkpoint is the best and stays, besides the newest ones: the one whose step has the
 * lowest or the highest number in a column of {@code metrics.csv}. Only steps that have both a
 * checkpoint and a number in that column take part; figures of {@code evaluate} are there every
 * {@code evaluate.every} steps, so {@code checkpointsEvery} should divide that. Of equal numbers
 * the earliest stays; numbers that are not finite never do.
 *
 * @param by the column, e.g. {@code frechet_distance.pixels}; a run whose metrics will not have it
 *     is refused before its first step
 * @param order whether the lowest or the highest number is the best
 */
public record KeepBest(String by, Order order) {
  /** Which numbers are better. */
  public enum Order {
    /** Lower ones, as of distances. */
    LOWEST,
    /** Higher ones, as of precision and recall. */
    HIGHEST
  }

  /** Checks the name. */
  public KeepBest {
    if (by.isBlank()) {
      throw new IllegalArgumentException("by must be a column of metrics.csv, got '" + by + "'");
    }
  }

  /** The lowest number of a column. */
  @Defaults
  public static KeepBest keepBest(String by) {
    return new KeepBest(by, Order.LOWEST);
  }

  /** The same by another column. */
  public KeepBest by(String by) {
    return new KeepBest(by, order);
  }

  /** The same in another order. */
  public KeepBest order(Order order) {
    return new KeepBest(by, order);
  }
}
