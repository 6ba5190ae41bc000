package dev.sparring.metric;

import java.util.Locale;

/**
 * Count, mean and unbiased covariance of samples: everything that {@link FrechetDistance} needs of
 * a data set, and small enough to keep.
 *
 * <p>The covariance is sum (x - mean)(x - mean)^T / (n - 1) (ddof 1, as numpy.cov), in the squared
 * unit of the features.
 */
public final class GaussianMoments {
  /** The number that the covariance subtracts from the number of samples. */
  public static final int DDOF = 1;

  // Statistics saved in single precision are symmetric to that precision only.
  private static final double SYMMETRY = 1e-5;

  private final long count;
  private final double[] mean;
  private final double[] covariance;

  /** Keeps the arrays without a copy. */
  GaussianMoments(long count, double[] mean, double[] covariance) {
    this.count = count;
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * The moments of samples.
   *
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static GaussianMoments of(Features samples) {
    MomentsAccumulator all = new MomentsAccumulator(samples.columns());
    all.add(samples);
    return all.moments();
  }

  /**
   * Moments that were computed before, e.g. the published ones of a data set.
   *
   * @param count of the samples, at least 2
   * @param mean (d)
   * @param covariance (d, d), row-major, with ddof 1; its two triangles are averaged
   * @throws IllegalArgumentException if sizes do not fit, a number is not finite, a variance is
   *     negative, or the covariance is not symmetric
   */
  public static GaussianMoments of(long count, double[] mean, double[] covariance) {
    checkCount(count);
    int d = mean.length;
    if (d == 0 || covariance.length != (long) d * d) {
      throw new IllegalArgumentException(
          "moments: a mean of "
              + d
              + " needs a covariance of "
              + (long) d * d
              + " numbers, got "
              + covariance.length);
    }
    Features.checkFinite("moments: mean", mean, d);
    Features.checkFinite("moments: covariance", covariance, d);
    double largest = 0;
    for (int i = 0; i < d; i++) {
      if (covariance[i * d + i] < 0) {
        throw new IllegalArgumentException(
            "moments: variance " + i + " must be >= 0, got " + covariance[i * d + i]);
      }
      largest = Math.max(largest, covariance[i * d + i]);
    }
    double[] symmetric = new double[covariance.length];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double a = covariance[i * d + j];
        double b = covariance[j * d + i];
        if (Math.abs(a - b) > SYMMETRY * largest) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "moments: covariance is not symmetric: (%d, %d) is %s and (%d, %d) is %s",
                  i,
                  j,
                  a,
                  j,
                  i,
                  b));
        }
        symmetric[i * d + j] = (a + b) / 2;
      }
    }
    return new GaussianMoments(count, mean.clone(), symmetric);
  }

  static void checkCount(long count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "moments: a covariance with ddof 1 needs at least 2 samples, got " + count);
    }
  }

  /** The moments of these and the other samples together; see {@link MomentsAccumulator}. */
  public GaussianMoments merge(GaussianMoments other) {
    MomentsAccumulator both = new MomentsAccumulator(dimensions());
    both.add(this);
    both.add(other);
    return both.moments();
  }

  /** The number of samples, n. */
  public long count() {
    return count;
  }

  /** The number of features of a sample, d. */
  public int dimensions() {
    return mean.length;
  }

  /** The mean (d); a fresh copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** The covariance (d, d), row-major; a fresh copy. */
  public double[] covariance() {
    return covariance.clone();
  }

  /**
   * Whether the covariance must be singular: n samples about their own mean span at most n - 1
   * dimensions, so it is for {@code n <= d}. Beyond that it may be singular for other reasons.
   */
  public boolean rankDeficient() {
    return count <= dimensions();
  }

  double[] meanValues() {
    return mean;
  }

  double[] covarianceValues() {
    return covariance;
  }

  @Override
  public String toString() {
    return "GaussianMoments[count=" + count + ", dimensions=" + dimensions() + "]";
  }
}
