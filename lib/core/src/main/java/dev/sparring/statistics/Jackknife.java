package dev.sparring.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The error of a figure by leaving out one group of the sample after the other (delete-a-group
 * jackknife; Shao and Tu, "The Jackknife and Bootstrap", 1995, section 2.3). Unlike resamples,
 * parts have no sample twice: of a figure that compares all pairs, or that counts on a covariance,
 * copies would change the value itself.
 *
 * @param error standard error
 * @param interval the figure plus and minus the error times the quantile of Student's t with one
 *     degree of freedom less than groups
 */
public record Jackknife(double error, Interval interval) {
  /**
   * The error of a figure.
   *
   * @param figure of the whole sample
   * @param without of the sample without each group, at least two, of about one size
   * @param level confidence level in (0, 1), e.g. 0.95
   */
  public static Jackknife of(double figure, double[] without, double level) {
    Moments.atLeast(2, without);
    Moments.finite(without);
    Bootstrap.requireLevel(level);
    int groups = without.length;
    double mean = Moments.mean(without);
    double squares = 0;
    for (double value : without) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt((groups - 1.0) / groups * squares);
    double t = TDistribution.of(groups - 1.0).inverseCumulativeProbability((1 + level) / 2);
    return new Jackknife(error, new Interval(figure - t * error, figure + t * error));
  }
}
