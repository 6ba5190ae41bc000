package dev.sparring.diagnose;

/** How different samples are from each other. */
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
        double squares = 0;
        for (int k = 0; k < size; k++) {
          double delta = (double) samples[i * size + k] - samples[j * size + k];
          squares += delta * delta;
        }
        sum += Math.sqrt(squares);
      }
    }
    return sum / (count * (count - 1) / 2.0);
  }
}
