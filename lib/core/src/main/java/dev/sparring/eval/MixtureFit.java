package dev.sparring.eval;

import dev.sparring.data.DataSet;
import dev.sparring.data.Mixture;
import dev.sparring.tensor.Shape;

/**
 * Looks whether data is of a mixture, whose modes samples are measured by; points of any other data
 * would be compared with a mixture that their generator never saw.
 */
final class MixtureFit {
  /** No point of a normal distribution is as far from its mean. */
  private static final double DEVIATIONS = 10;

  /** The number of points that are looked at. */
  private static final int POINTS = 10_000;

  private MixtureFit() {}

  /**
   * Checks the data.
   *
   * @throws IllegalArgumentException if a point is far from all modes
   */
  static void require(Mixture mixture, DataSet real) {
    if (!real.sampleShape().equals(Shape.of(2))) {
      throw new IllegalArgumentException(
          "data: samples of shape "
              + real.sampleShape()
              + " are not of the recipe's "
              + mixture
              + ", by whose modes they would be measured; "
              + instead());
    }
    double[][] centres = mixture.centres();
    double most = DEVIATIONS * mixture.deviation();
    float[] point = new float[2];
    int count = Math.min(POINTS, real.size());
    for (int i = 0; i < count; i++) {
      real.read(i, point, 0);
      double distance = nearest(centres, point);
      if (!(distance <= most)) {
        throw new IllegalArgumentException(
            "data: "
                + real.name(i)
                + " is "
                + (float) distance
                + " away from the nearest mode of the recipe's "
                + mixture
                + ", by whose modes samples would be measured; "
                + instead());
      }
    }
  }

  private static String instead() {
    return "give the recipe the data that it is trained on: csv, InMemory.points or Data.of";
  }

  private static double nearest(double[][] centres, float[] point) {
    double nearest = Double.POSITIVE_INFINITY;
    for (double[] centre : centres) {
      nearest = Math.min(nearest, Math.hypot(point[0] - centre[0], point[1] - centre[1]));
    }
    return nearest;
  }
}
