package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;

/** Draws the points of mixtures. */
final class Mixtures {
  /** So that all coordinates fit into one array. */
  static final int MAX_POINTS = 100_000_000;

  /** As many as a grid may have; each is a pair of coordinates in memory. */
  static final int MAX_MODES = 1_000_000;

  private Mixtures() {}

  /** What points that are drawn take, two values and a label each. */
  static long memory(int points) {
    return Heap.product(points, 2L * Float.BYTES + Integer.BYTES);
  }

  static DataSet draw(Mixture mixture, Seed seed) {
    double[][] centres = mixture.centres();
    double deviation = mixture.deviation();
    float[] values = new float[2 * mixture.points()];
    int[] labels = new int[mixture.points()];
    for (int i = 0; i < labels.length; i++) {
      RandomStream random = seed.stream("data", i);
      int mode = random.below(centres.length);
      labels[i] = mode;
      values[2 * i] = (float) (centres[mode][0] + deviation * random.gaussian());
      values[2 * i + 1] = (float) (centres[mode][1] + deviation * random.gaussian());
    }
    return new FloatSet(Shape.of(2), values, labels);
  }
}
