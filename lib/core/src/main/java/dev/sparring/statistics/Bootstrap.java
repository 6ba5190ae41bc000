package dev.sparring.statistics;

import dev.sparring.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals by resampling.
 *
 * <p>The percentile method of Efron ("Bootstrap methods: another look at the jackknife", Annals of
 * Statistics 7(1), 1979). It assumes no distribution and never leaves the range of the values, but
 * with few values it is too narrow: the variance of resamples of n values is smaller than that of
 * samples by the factor (n - 1) / n. Corrections such as BCa need more values than a handful of
 * seeds, and are left out.
 */
public final class Bootstrap {
  private Bootstrap() {}

  /**
   * An interval for the mean: the quantiles of the means of resamples, with linear interpolation
   * between neighbours.
   *
   * @param values at least two, finite
   * @param level confidence level in (0, 1), e.g. 0.95
   * @param resamples number of resamples, at least 1
   * @param random random numbers for the resamples; equal streams give equal intervals
   */
  public static Interval mean(double[] values, double level, int resamples, RandomStream random) {
    Moments.atLeast(2, values);
    Moments.finite(values);
    require(level, resamples);
    double[] means = new double[resamples];
    double[] drawn = new double[values.length];
    for (int i = 0; i < resamples; i++) {
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = values[random.below(values.length)];
      }
      means[i] = Moments.mean(drawn);
    }
    return between(means, level);
  }

  /**
   * An interval for any figure of a sample.
   *
   * @param size number of values in the sample, at least two
   * @param figure the figure of a resample, given by the indices of its values
   * @param level confidence level in (0, 1), e.g. 0.95
   * @param resamples number of resamples, at least 1
   * @param random random numbers for the resamples; equal streams give equal intervals
   * @return empty if the figure of a resample is not finite
   */
  public static Optional<Interval> of(
      int size, ToDoubleFunction<int[]> figure, double level, int resamples, RandomStream random) {
    if (size < 2) {
      throw new IllegalArgumentException("expected at least 2 values, got " + size);
    }
    require(level, resamples);
    double[] found = new double[resamples];
    int[] drawn = new int[size];
    for (int i = 0; i < resamples; i++) {
      for (int j = 0; j < size; j++) {
        drawn[j] = random.below(size);
      }
      found[i] = figure.applyAsDouble(drawn);
      if (!Double.isFinite(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(between(found, level));
  }

  /**
   * An interval for {@link RankTest#improvement}: both samples are resampled, each by itself. Where
   * all of one are better than all of the other it has no width, however few they are.
   *
   * @param a at least two values, no NaN; may be infinite
   * @param b at least two values, no NaN
   * @param level confidence level in (0, 1), e.g. 0.95
   * @param resamples number of resamples, at least 1
   * @param random random numbers for the resamples; equal streams give equal intervals
   */
  public static Interval improvement(
      double[] a, double[] b, double level, int resamples, RandomStream random) {
    Moments.atLeast(2, a);
    Moments.atLeast(2, b);
    require(level, resamples);
    double[] found = new double[resamples];
    double[] drawnA = new double[a.length];
    double[] drawnB = new double[b.length];
    for (int i = 0; i < resamples; i++) {
      draw(a, drawnA, random);
      draw(b, drawnB, random);
      found[i] = improvementOfSorted(drawnA, drawnB);
    }
    return between(found, level);
  }

  private static void draw(double[] values, double[] drawn, RandomStream random) {
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = values[random.below(values.length)];
    }
    Arrays.sort(drawn);
  }

  /** In one walk over both, for large samples. */
  private static double improvementOfSorted(double[] a, double[] b) {
    double better = 0;
    int below = 0;
    int upTo = 0;
    for (double other : b) {
      while (below < a.length && a[below] < other) {
        below++;
      }
      while (upTo < a.length && a[upTo] <= other) {
        upTo++;
      }
      better += (below + upTo) / 2.0;
    }
    return better / ((double) a.length * b.length);
  }

  static void require(double level, int resamples) {
    requireLevel(level);
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples must be >= 1, got " + resamples);
    }
  }

  static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
    }
  }

  static Interval between(double[] values, double level) {
    Arrays.sort(values);
    return new Interval(quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2));
  }

  /** As NumPy's default: type 7 of Hyndman and Fan (American Statistician 50(4), 1996). */
  static double quantile(double[] sorted, double probability) {
    double at = probability * (sorted.length - 1);
    int below = (int) at;
    if (below + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    double low = sorted[below];
    double high = sorted[below + 1];
    return Math.min(high, low + (at - below) * (high - low));
  }
}
