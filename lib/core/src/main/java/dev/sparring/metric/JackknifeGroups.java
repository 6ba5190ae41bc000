package dev.sparring.metric;

import dev.sparring.random.Seed;
import dev.sparring.statistics.Interval;
import dev.sparring.statistics.Jackknife;
import java.util.stream.IntStream;

/** The random groups of samples that a jackknife leaves out one after the other. */
final class JackknifeGroups {
  static final double LEVEL = 0.95;
  static final int GROUPS = 20;

  /** A number of no group: without it nothing is left out. */
  static final int NONE = GROUPS;

  private static final String STREAM = "sample errors";

  private final int[] group;

  JackknifeGroups(int[] group) {
    this.group = group;
  }

  /**
   * Groups of one size, but for rows that are left over.
   *
   * @param side tells the groups of several sets of rows apart
   */
  static JackknifeGroups of(Seed seed, int side, int rows) {
    int[] places = places(seed, side, rows);
    return new JackknifeGroups(IntStream.of(places).map(place -> place % GROUPS).toArray());
  }

  /** The place of each row in a random order. */
  static int[] places(Seed seed, int side, int rows) {
    return seed.stream(STREAM, side).permutation(rows);
  }

  /** The group of each row, not to be changed. */
  int[] group() {
    return group;
  }

  /** The rows that are in all groups but one. */
  int[] without(int left) {
    return IntStream.range(0, group.length).filter(row -> group[row] != left).toArray();
  }

  /** The interval of a figure whose values without each group are known. */
  static Interval interval(double figure, double[] without) {
    return Jackknife.of(figure, without, LEVEL).interval();
  }
}
