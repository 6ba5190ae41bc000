package dev.sparring.diagnose;

import java.util.Arrays;

/** How well scores tell real samples from generated ones. */
final class Separation {
  private Separation() {}

  /**
   * The share of pairs of a real and a generated sample of which the real one has the higher score,
   * equal scores counting half: the area under the ROC curve. It needs no threshold, so it means
   * the same for every loss.
   */
  static double accuracy(double[] real, double[] fake) {
    double[] sorted = fake.clone();
    Arrays.sort(sorted);
    double won = 0;
    for (double score : real) {
      won += (first(sorted, score, false) + first(sorted, score, true)) / 2.0;
    }
    return won / ((double) real.length * fake.length);
  }

  /** The place of the first that is at least a score, or above it. */
  private static int first(double[] sorted, double score, boolean isAbove) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      boolean isBefore = isAbove ? sorted[middle] <= score : sorted[middle] < score;
      low = isBefore ? middle + 1 : low;
      high = isBefore ? high : middle;
    }
    return low;
  }
}
