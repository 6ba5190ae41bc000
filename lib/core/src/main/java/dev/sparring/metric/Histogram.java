package dev.sparring.metric;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Counts of modes or classes. */
final class Histogram {
  private Histogram() {}

  /** Copies counts; none may be below 0, and not all 0. */
  static List<Integer> copy(String metric, List<Integer> counts) {
    if (counts.stream().anyMatch(count -> count < 0) || total(counts) == 0) {
      throw new IllegalArgumentException(
          metric + ": counts must be >= 0 and not all 0, got " + counts);
    }
    return List.copyOf(counts);
  }

  static List<Integer> list(int[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  /** The number of counts above 0. */
  static int occupied(List<Integer> counts) {
    return (int) counts.stream().filter(count -> count > 0).count();
  }

  static int total(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * KL(q || u) = sum over q_k > 0 of q_k log(K q_k), of the shares q against uniform u; empty if
   * all counts are 0.
   */
  static OptionalDouble reverseKl(List<Integer> counts) {
    double total = total(counts);
    if (total == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int count : counts) {
      if (count > 0) {
        sum += count / total * Math.log(counts.size() * (count / total));
      }
    }
    // Shares of equal counts may round to a sum just below 0.
    return OptionalDouble.of(Math.max(0, sum));
  }
}
