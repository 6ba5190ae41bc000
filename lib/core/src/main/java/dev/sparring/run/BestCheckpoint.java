package dev.sparring.run;

import dev.sparring.recipe.KeepBest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which step of a run is the best by a column of its metrics. */
final class BestCheckpoint {
  private final @Nullable KeepBest wanted;
  private final Map<Long, Double> figures = new TreeMap<>();

  /**
   * Knows no figures yet.
   *
   * @param wanted null if no checkpoint is the best
   */
  BestCheckpoint(@Nullable KeepBest wanted) {
    this.wanted = wanted;
  }

  /** Takes note of a step's figures; a step without a finite number in the column is never best. */
  void hear(long step, Map<String, Double> row) {
    Double figure = wanted == null ? null : row.get(wanted.by());
    if (figure != null && Double.isFinite(figure)) {
      figures.put(step, figure);
    }
  }

  /** The best step and its figure, of those that have a checkpoint; of equal ones the earliest. */
  Optional<Map.Entry<Long, Double>> of(Iterable<Long> steps) {
    Map.Entry<Long, Double> best = null;
    for (long step : steps) {
      Double figure = figures.get(step);
      if (figure != null && (best == null || isBetter(figure, best.getValue()))) {
        best = Map.entry(step, figure);
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean isBetter(double figure, double other) {
    return (wanted != null && wanted.order() == KeepBest.Order.HIGHEST)
        ? figure > other
        : figure < other;
  }
}
