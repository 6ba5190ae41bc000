package dev.sparring.metric;

import java.util.Map;

/**
 * How far samples are from what they should be, element by element: the figures of image-to-image
 * tasks with known answers. For images in [-1, 1], 2 is the distance of black to white.
 *
 * @param samples how many were compared
 * @param absolute the mean absolute difference
 * @param squared the mean square of the difference
 */
public record PairDistance(int samples, double absolute, double squared) implements MetricResult {
  /**
   * Compares samples, each with the one that it should be.
   *
   * @param made row-major
   * @param targets of the same size
   * @param samples how many there are
   * @throws IllegalArgumentException if there are none, or sizes differ
   */
  public static PairDistance between(float[] made, float[] targets, int samples) {
    if (samples < 1 || made.length != targets.length || made.length % samples != 0) {
      throw new IllegalArgumentException(
          "pair distance: "
              + samples
              + " samples of equal size are needed on both sides, got "
              + made.length
              + " and "
              + targets.length
              + " numbers");
    }
    double absolute = 0;
    double squared = 0;
    for (int i = 0; i < made.length; i++) {
      double difference = (double) made[i] - targets[i];
      absolute += Math.abs(difference);
      squared += difference * difference;
    }
    if (!Double.isFinite(absolute)) {
      throw new IllegalArgumentException("pair distance: a sample is not finite");
    }
    return new PairDistance(samples, absolute / made.length, squared / made.length);
  }

  /** {@code pair_l1} and {@code pair_l2}. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("pair_l1", absolute).with("pair_l2", squared).map();
  }

  @Override
  public String conditions() {
    return samples + " pairs";
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
