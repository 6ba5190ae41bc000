package dev.sparring.metric;

import java.util.List;
import java.util.Map;

/**
 * What a metric found, with everything that one has to know to compare it with another's.
 *
 * <p>{@code toString} is one line of all of it.
 */
public sealed interface MetricResult
    permits ClassCoverage,
        ClassifierScore,
        DensityCoverage,
        FrechetDistance,
        InceptionScore,
        KernelDistance,
        ModeCoverage,
        NeighborMetrics,
        PairDistance,
        PrecisionRecall {
  /**
   * The numbers by name, in a fixed order, for a table of metrics. What does not exist (the
   * deviation over a single split) has no entry; NaN is never one.
   */
  Map<String, Double> figures();

  /** The choices behind the numbers and the sizes of the samples, in one line. */
  String conditions();

  /** What makes the numbers doubtful, a line each; mostly empty. */
  default List<String> warnings() {
    return List.of();
  }
}
