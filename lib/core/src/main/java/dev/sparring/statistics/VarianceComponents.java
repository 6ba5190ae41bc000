package dev.sparring.statistics;

import dev.sparring.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much of the variance of a result comes from each of several sources, such as seeds of weights
 * and of noise, that are crossed: there is one result for every combination of their levels.
 *
 * <p>The model is that of random effects: a result is a mean, plus an effect of each level of each
 * source, plus one of each combination of levels of two sources, and so on. The combination of all
 * sources is what remains of a single result. An effect's variance is estimated from pairs of
 * results: half the mean square of the difference of two that differ in the levels of the sources S
 * and in no other is the sum of the variances of all effects that involve a source of S. In a whole
 * table these are the estimates of the analysis of variance, expected mean squares set equal to the
 * found ones (Searle, Casella, McCulloch: Variance Components, 1992, section 4.3), and have no
 * bias. They may be below 0, where a variance is small; shares count that as 0.
 *
 * <p>Results may be missing; pairs with one of them are left out. If they are missing because runs
 * with certain results fail, the components are those of the runs that did not.
 *
 * <p>Intervals are of the pigeonhole bootstrap (Owen, Annals of Applied Statistics 1(2), 2007,
 * arXiv:0712.1111): the levels of each source are resampled by themselves. A pair of a level with
 * its own copy is left out, as it would make variances smaller; resamples of one level alone are
 * drawn again. With few levels these intervals are rough, and too narrow.
 */
public final class VarianceComponents {
  /** Fewer levels of a source have no intervals. */
  private static final int ENOUGH = 3;

  private static final int MOST_TRIES = 100;

  private final CrossedTable table;
  private final double[] variances;

  private VarianceComponents(CrossedTable table, double[] variances) {
    this.table = table;
    this.variances = variances;
  }

  /**
   * The variance that one combination of sources carries.
   *
   * @param sources numbers of the sources, from 0, in order: one for its own effect, several for
   *     their interaction
   * @param variance the estimate, which may be below 0
   * @param share of the sum of all components, with those below 0 as 0; 0 if all are
   * @param interval of the share, or null with fewer than three levels of a source
   */
  public record Component(
      List<Integer> sources, double variance, double share, @Nullable Interval interval) {}

  /**
   * The components of a table.
   *
   * @param levels number of levels of each source, at least 2; at least one source
   * @param values a result for each combination, the last source turning fastest; NaN where it is
   *     missing
   * @return null if too many results are missing: if for some sources no two results differ in just
   *     those
   * @throws IllegalArgumentException if the numbers do not fit or a value is infinite
   */
  public static @Nullable VarianceComponents of(int[] levels, double[] values) {
    CrossedTable table = CrossedTable.of(levels, values);
    double[][] once =
        Arrays.stream(levels)
            .mapToObj(n -> IntStream.range(0, n).mapToDouble(i -> 1).toArray())
            .toArray(double[][]::new);
    double[] variances = variances(table, once);
    return variances == null ? null : new VarianceComponents(table, variances);
  }

  /**
   * All components: sources alone, then pairs of them, and so on.
   *
   * @param level confidence level in (0, 1), e.g. 0.95
   * @param resamples number of resamples, at least 1
   * @param random random numbers for the resamples; equal streams give equal intervals
   */
  public List<Component> components(double level, int resamples, RandomStream random) {
    Bootstrap.require(level, resamples);
    double[] shares = shares(variances);
    double[][] drawn = resampled(resamples, random);
    List<Component> found = new ArrayList<>();
    IntStream.range(1, variances.length)
        .boxed()
        .sorted((a, b) -> Integer.compare(Integer.bitCount(a), Integer.bitCount(b)))
        .forEach(
            set -> {
              Interval interval =
                  drawn.length == 0
                      ? null
                      : Bootstrap.between(
                          Arrays.stream(drawn).mapToDouble(d -> d[set]).toArray(), level);
              found.add(new Component(sources(set), variances[set], shares[set], interval));
            });
    return found;
  }

  private static List<Integer> sources(int set) {
    return BitSet.valueOf(new long[] {set}).stream().boxed().toList();
  }

  private static double[] shares(double[] variances) {
    double sum = Arrays.stream(variances).filter(v -> v > 0).sum();
    return Arrays.stream(variances).map(v -> v > 0 ? v / sum : 0).toArray();
  }

  /** The shares of resamples; none if a source has too few levels. */
  private double[][] resampled(int resamples, RandomStream random) {
    int[] levels = table.levels();
    if (Arrays.stream(levels).anyMatch(n -> n < ENOUGH)) {
      return new double[0][];
    }
    double[][] shares = new double[resamples][];
    for (int i = 0; i < resamples; i++) {
      double[] found = null;
      for (int attempt = 0; found == null; attempt++) {
        if (attempt == MOST_TRIES) {
          return new double[0][]; // resamples have no pairs, as most results are missing
        }
        double[][] weights =
            Arrays.stream(levels).mapToObj(n -> drawn(n, random)).toArray(double[][]::new);
        found = variances(table, weights);
      }
      shares[i] = shares(found);
    }
    return shares;
  }

  /** How often each of n levels is drawn in n draws. */
  private static double[] drawn(int n, RandomStream random) {
    double[] counts = new double[n];
    for (int i = 0; i < n; i++) {
      counts[random.below(n)]++;
    }
    return counts;
  }

  /**
   * The variance of each set of sources, by its bits; null if some differences have no pairs.
   *
   * @param weights how often each level of each source counts
   */
  private static double @Nullable [] variances(CrossedTable table, double[][] weights) {
    int all = (1 << table.levels().length) - 1;
    double[] differing = new double[all + 1];
    for (int set = 1; set <= all; set++) {
      differing[set] = table.halfSquare(set, weights);
      if (Double.isNaN(differing[set])) {
        return null;
      }
    }
    // What differences in the other sources leave out are the effects within a set; of these each
    // set's own is what its subsets do not explain.
    double[] variances = new double[all + 1];
    for (int set = 1; set <= all; set++) {
      double own = 0;
      for (int within = set; within > 0; within = (within - 1) & set) {
        double inside = differing[all] - differing[all & ~within];
        own += (Integer.bitCount(set ^ within) % 2 == 0 ? 1 : -1) * inside;
      }
      variances[set] = own;
    }
    return variances;
  }
}
