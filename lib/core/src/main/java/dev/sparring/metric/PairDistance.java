package dev.sparring.metric;

import java.util.Map;

/**
 * The distance of samples from their targets, element by element, for image-to-image tasks with
 * paired data. For images in [-1, 1], 2 is the distance from black to white.
 *
 * @param samples number of samples that were compared
 * @param absolute the mean absolute difference
 * @param squared the mean square of the difference
 */
public record PairDistance(int samples, double absolute, double squared) implements MetricResult {
  /**
   * Compares each sample with its target.
   *
   * @param made row-major
   * @param targets of the same size
   * @param samples number of samples
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
