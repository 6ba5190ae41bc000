package dev.sparring.diagnose;

/** How different samples are from each other, and from others. */
final class Diversity {
  /** Distances between all pairs are computed; more samples would hardly change the result. */
  private static final int MOST = 64;

  private Diversity() {}

  /**
   * The mean Euclidean distance of two samples.
   *
   * @param samples (count, size) in row-major order; only the first 64 are used
   * @return NaN for fewer than 2
   */
  static double meanDistance(float[] samples, int size) {
    int count = Math.min(MOST, samples.length / size);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        sum += distance(samples, i, samples, j, size);
      }
    }
    return sum / (count * (count - 1) / 2.0);
  }

  /** The mean distance of a sample and one of others; the first 64 of each are used. */
  static double meanDistance(float[] samples, float[] others, int size) {
    int count = Math.min(MOST, samples.length / size);
    int many = Math.min(MOST, others.length / size);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < many; j++) {
        sum += distance(samples, i, others, j, size);
      }
    }
    return sum / count / many;
  }

  private static double distance(float[] one, int i, float[] other, int j, int size) {
    double squares = 0;
    for (int k = 0; k < size; k++) {
      double delta = (double) one[i * size + k] - other[j * size + k];
      squares += delta * delta;
    }
    return Math.sqrt(squares);
  }
}
