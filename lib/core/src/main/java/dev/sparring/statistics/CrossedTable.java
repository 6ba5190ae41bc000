package dev.sparring.statistics;

import java.util.Arrays;

/**
 * Results for all combinations of the levels of several sources, some of which may be missing.
 *
 * @param levels number of levels of each source
 * @param found 1 where there is a result, else 0
 * @param values the results less their mean, 0 where there is none
 * @param squares their squares
 */
@SuppressWarnings("ArrayRecordComponent") // computed with, and compared with nothing
record CrossedTable(int[] levels, double[] found, double[] values, double[] squares) {
  static CrossedTable of(int[] levels, double[] values) {
    int size = 1;
    for (int n : levels) {
      if (n < 2) {
        throw new IllegalArgumentException("expected at least 2 levels of a source, got " + n);
      }
      size = Math.multiplyExact(size, n);
    }
    if (levels.length == 0 || values.length != size) {
      throw new IllegalArgumentException(
          "expected a value for each combination of levels, got "
              + values.length
              + " for "
              + Arrays.toString(levels));
    }
    double[] found = Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : 1).toArray();
    double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    Moments.finite(there);
    // Differences stay the same, and squares stay small.
    double mean = there.length == 0 ? 0 : Moments.mean(there);
    double[] centered = Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : v - mean).toArray();
    double[] squares = Arrays.stream(centered).map(v -> v * v).toArray();
    return new CrossedTable(levels.clone(), found, centered, squares);
  }

  /**
   * Half the mean square of the difference of two results that differ in the levels of these
   * sources and in no other; NaN if there are no two.
   *
   * @param set the sources by bits, at least one
   * @param weights how often each level of each source counts
   */
  double halfSquare(int set, double[][] weights) {
    double pairs = pairs(found, found, 0, set, weights);
    if (pairs == 0) {
      return Double.NaN;
    }
    double squares = pairs(squares(), found, 0, set, weights);
    double products = pairs(values, values, 0, set, weights);
    return (squares - products) / pairs;
  }

  /**
   * The sum of products a(i) b(j) over all ordered pairs of combinations that differ in each source
   * of the set and in no other.
   *
   * @param a the part of a table that belongs to levels of the sources before this one
   */
  private double pairs(double[] a, double[] b, int source, int set, double[][] weights) {
    if (source == levels.length) {
      return a[0] * b[0];
    }
    int rest = a.length / levels[source];
    double[] own = weights[source];
    boolean differs = (set >> source & 1) == 1;
    double[] allA = new double[rest];
    double[] allB = new double[rest];
    double same = 0;
    for (int level = 0; level < own.length; level++) {
      if (own[level] == 0) {
        continue;
      }
      double[] ofA = Arrays.copyOfRange(a, level * rest, (level + 1) * rest);
      double[] ofB = Arrays.copyOfRange(b, level * rest, (level + 1) * rest);
      double counted = differs ? own[level] * own[level] : own[level];
      same += counted * pairs(ofA, ofB, source + 1, set, weights);
      for (int i = 0; differs && i < rest; i++) {
        allA[i] += own[level] * ofA[i];
        allB[i] += own[level] * ofB[i];
      }
    }
    // All pairs of levels, less those of a level with itself.
    return differs ? pairs(allA, allB, source + 1, set, weights) - same : same;
  }
}
