package dev.sparring.metric;

import dev.sparring.statistics.Interval;
import java.util.List;
import java.util.Map;

/**
 * The result of a metric, with everything needed to compare it with others.
 *
 * <p>{@code toString} gives all of it in one line.
 */
public sealed interface MetricResult
    permits ClassCoverage,
        ClassifierScore,
        DensityCoverage,
        FrechetDistance,
        InceptionScore,
        KernelDistance,
        Memorization,
        ModeCoverage,
        MongeDistance,
        NeighborMetrics,
        PairDistance,
        PrecisionRecall,
        SampleErrors {
  /**
   * The numbers by name, in a fixed order, for a table of metrics. A value that does not exist (the
   * deviation of a single split) has no entry; values are never NaN.
   */
  Map<String, Double> figures();

  /**
   * 95 % intervals of figures, by their names; only of those that have one. How they are made
   * stands in the conditions.
   */
  default Map<String, Interval> intervals() {
    return Map.of();
  }

  /** The settings of the metric and the numbers of samples, in one line. */
  String conditions();

  /** Warnings about the numbers, one line each; usually empty. */
  default List<String> warnings() {
    return List.of();
  }
}
