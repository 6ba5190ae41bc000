package dev.sparring.statistics;

import dev.sparring.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shapley values of changes in a result over seeds, with bootstrap intervals.
 *
 * <p>A resample draws seeds, and with a seed its results under all sets of changes, because these
 * have the seed's random numbers in common; and orders, if only some were taken, a pair of an order
 * and its reverse being drawn together. Resamples that have no result for some set, because all of
 * its runs failed, are left out and counted; the intervals are then those of the others.
 *
 * @param changes of each change its contribution
 * @param whole the difference between the result of all changes and that of none, their sum
 * @param lost how many resamples were left out
 */
public record Contributions(List<Estimate> changes, Estimate whole, int lost) {
  /** Fewer seeds have no intervals. */
  public static final int ENOUGH = 3;

  /** Copies the list. */
  public Contributions {
    changes = List.copyOf(changes);
  }

  /**
   * A number and how sure it is.
   *
   * @param interval null with fewer than {@value #ENOUGH} seeds, or if most resamples are lost
   */
  public record Estimate(double value, @Nullable Interval interval) {}

  /**
   * The contributions.
   *
   * @param orders those that were taken, each followed by its reverse if they are pairs; null for
   *     all
   * @param pairs whether they are pairs
   * @param changes how many there are
   * @param seeds how many there are
   * @param results by the numbers of some seeds, which may repeat, the result of each set of {@link
   *     Shapley#sets}; NaN where there is none
   * @return null if a set has no result over all seeds
   */
  public static @Nullable Contributions of(
      @Nullable List<int[]> orders,
      boolean pairs,
      int changes,
      int seeds,
      Function<int[], double[]> results,
      double level,
      int resamples,
      RandomStream random) {
    Bootstrap.require(level, resamples);
    Shapley shapley = orders == null ? Shapley.allOrders(changes) : Shapley.orders(orders);
    double[] all = results.apply(IntStream.range(0, seeds).toArray());
    if (Arrays.stream(all).anyMatch(Double::isNaN)) {
      return null;
    }
    double[] found = shapley.of(all);
    double[][] drawn = new double[seeds < ENOUGH ? 0 : resamples][];
    for (int i = 0; i < drawn.length; i++) {
      double[] again =
          results.apply(IntStream.range(0, seeds).map(s -> random.below(seeds)).toArray());
      // Drawn in any case, so that lost resamples do not change the others.
      Shapley other = orders == null ? shapley : Shapley.orders(resampled(orders, pairs, random));
      if (Arrays.stream(again).noneMatch(Double::isNaN)) {
        drawn[i] = withWhole(other, shapley, again);
      }
    }
    double[][] kept = Arrays.stream(drawn).filter(d -> d != null).toArray(double[][]::new);
    boolean enough = kept.length > 0 && 2 * kept.length > drawn.length;
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i <= changes; i++) {
      int at = i;
      Interval interval =
          enough
              ? Bootstrap.between(Arrays.stream(kept).mapToDouble(d -> d[at]).toArray(), level)
              : null;
      double value = i < changes ? found[i] : all[all.length - 1] - all[0];
      estimates.add(new Estimate(value, interval));
    }
    return new Contributions(
        estimates.subList(0, changes), estimates.get(changes), drawn.length - kept.length);
  }

  /** Contributions, and last the whole difference. Resampled orders have some of the sets only. */
  private static double[] withWhole(Shapley drawn, Shapley whole, double[] results) {
    List<Long> sets = whole.sets();
    double[] own =
        drawn == whole
            ? results
            : drawn.sets().stream()
                .mapToDouble(set -> results[Collections.binarySearch(sets, set)])
                .toArray();
    double[] found = Arrays.copyOf(drawn.of(own), whole.changes() + 1);
    found[whole.changes()] = results[results.length - 1] - results[0];
    return found;
  }

  private static List<int[]> resampled(List<int[]> orders, boolean pairs, RandomStream random) {
    int size = pairs ? 2 : 1;
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < orders.size() / size; i++) {
      int at = random.below(orders.size() / size) * size;
      drawn.addAll(orders.subList(at, at + size));
    }
    return drawn;
  }
}
