package dev.sparring.metric;

import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * The kernel distance, KID with Inception features (Binkowski et al., arXiv:1801.01401, section 4):
 * the unbiased estimate of the squared maximum mean discrepancy (Gretton et al., "A kernel
 * two-sample test", JMLR 13, 2012, equation 3)
 *
 * <p>1/(m(m-1)) sum over i != j of k(x_i, x_j) + 1/(m(m-1)) sum over i != j of k(y_i, y_j) - 2/m^2
 * sum over i, j of k(x_i, y_j)
 *
 * <p>with k(x, y) = (x.y / d + 1)^3, for subsets of m real and m fake samples; mean and standard
 * deviation over the subsets. In units of the kernel; lower is better. It is unbiased, so it
 * scatters about 0 for equal distributions and <b>may be negative</b>; papers often print it times
 * 100 or 1000. The deviation is that of one subset's estimate, not the error of the mean, because
 * subsets share samples.
 *
 * <p>All in double precision. Cost: 2 m^2 d multiplications for each subset, or those of all pairs
 * of samples once if that is less; the standard protocol with d = 2048 takes some two minutes on
 * one core of 2023 for many samples, a few seconds for 2,000, and with products of an engine of
 * double precision at most some 20 s.
 *
 * @param mean of the subsets' estimates
 * @param deviation of the subsets' estimates, with ddof 0; absent for a single subset
 * @param realCount number of real samples that subsets are drawn from
 * @param fakeCount number of fake samples that subsets are drawn from
 * @param dimensions features of a sample, d
 * @param protocol the subsets
 */
public record KernelDistance(
    double mean,
    OptionalDouble deviation,
    int realCount,
    int fakeCount,
    int dimensions,
    Protocol protocol)
    implements MetricResult {
  /**
   * How subsets are drawn: without replacement within a subset, independently of each other. Subset
   * s takes the first m of a permutation of the stream ("kernel-distance", s, 0) for real samples,
   * ("kernel-distance", s, 1) for fake ones.
   *
   * @param subsets number of subsets
   * @param size samples in each, m
   * @param seed of the draws
   */
  public record Protocol(int subsets, int size, Seed seed) {
    /** Checks the numbers. */
    public Protocol {
      if (subsets < 1) {
        throw new IllegalArgumentException("kernel distance: subsets must be >= 1, got " + subsets);
      }
      if (size < 2) {
        throw new IllegalArgumentException(
            "kernel distance: a subset must have >= 2 samples, got " + size);
      }
    }

    /** 100 subsets of 1000, seed 0. */
    public static Protocol standard() {
      return new Protocol(100, 1000, new Seed(0));
    }

    /** The same with another number of subsets. */
    public Protocol subsets(int subsets) {
      return new Protocol(subsets, size, seed);
    }

    /** The same with another size of subsets. */
    public Protocol size(int size) {
      return new Protocol(subsets, size, seed);
    }

    /** The same drawn from another seed. */
    public Protocol seed(Seed seed) {
      return new Protocol(subsets, size, seed);
    }
  }

  /** The distance by the standard protocol. */
  public static KernelDistance between(Features real, Features fake) {
    return between(real, fake, Protocol.standard());
  }

  /**
   * The distance.
   *
   * @throws IllegalArgumentException if a subset is larger than either set of samples, or their
   *     numbers of features differ
   */
  public static KernelDistance between(Features real, Features fake, Protocol protocol) {
    return between(real, fake, protocol, Products.plain());
  }

  /**
   * The distance with products of a numerical library; it differs from the plain one by rounding,
   * some 1e-15 of the kernel's mean.
   *
   * @param products of double precision, because the estimate is a small difference of large sums
   * @throws IllegalArgumentException also if they are of less
   */
  public static KernelDistance between(
      Features real, Features fake, Protocol protocol, Products products) {
    if (products.roundoff() > Products.DOUBLE) {
      throw new IllegalArgumentException(
          "kernel distance: products must be of double precision, got a unit roundoff of "
              + products.roundoff());
    }
    Figures.checkSameColumns("kernel distance", real.columns(), fake.columns());
    int m = protocol.size();
    if (m > Math.min(real.rows(), fake.rows())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "kernel distance: subsets of %d need at least as many samples, got %d real and %d"
                  + " fake",
              m,
              real.rows(),
              fake.rows()));
    }
    double[] estimates = estimates(real, fake, protocol, new KernelSums(products));
    Spread spread = Spread.of(estimates);
    return new KernelDistance(
        spread.mean(), spread.deviation(), real.rows(), fake.rows(), real.columns(), protocol);
  }

  /** Each subset's estimate: all from one pass if that takes fewer products. */
  private static double[] estimates(
      Features real, Features fake, Protocol protocol, KernelSums sums) {
    int[][] ofReal = draw(real, protocol, 0);
    int[][] ofFake = draw(fake, protocol, 1);
    double allReal = KernelSums.Drawn.used(ofReal).length;
    double allFake = KernelSums.Drawn.used(ofFake).length;
    double onePass = (allReal * allReal + allFake * allFake) / 2 + allReal * allFake;
    double separate = 2.0 * protocol.subsets() * protocol.size() * protocol.size();
    if (onePass <= separate) {
      return estimates(
          KernelSums.Drawn.of(real, ofReal), KernelSums.Drawn.of(fake, ofFake), protocol, sums);
    }
    double[] estimates = new double[protocol.subsets()];
    for (int s = 0; s < estimates.length; s++) {
      int[][] one = {ofReal[s]};
      int[][] other = {ofFake[s]};
      estimates[s] =
          estimates(
              KernelSums.Drawn.of(real, one), KernelSums.Drawn.of(fake, other), protocol, sums)[0];
    }
    return estimates;
  }

  private static double[] estimates(
      KernelSums.Drawn real, KernelSums.Drawn fake, Protocol protocol, KernelSums sums) {
    double m = protocol.size();
    return estimates(real, fake, subset -> m, subset -> m, sums);
  }

  /** The estimate of each pair of subsets, by the numbers of samples on either side. */
  private static double[] estimates(
      KernelSums.Drawn real,
      KernelSums.Drawn fake,
      IntToDoubleFunction ofReal,
      IntToDoubleFunction ofFake,
      KernelSums sums) {
    double[] withinReal = sums.within(real);
    double[] withinFake = sums.within(fake);
    double[] estimates = sums.across(real, fake);
    for (int s = 0; s < estimates.length; s++) {
      double n = ofReal.applyAsDouble(s);
      double m = ofFake.applyAsDouble(s);
      // Of equal sizes as always, to the last bit.
      double within =
          n == m
              ? (withinReal[s] + withinFake[s]) / (m * (m - 1))
              : withinReal[s] / (n * (n - 1)) + withinFake[s] / (m * (m - 1));
      estimates[s] = within - 2 * estimates[s] / (n * m);
    }
    return estimates;
  }

  /**
   * The estimates of given subsets, which may be large: all from one pass.
   *
   * @param ofReal the rows of each subset
   * @param ofFake as many subsets
   */
  static double[] estimates(
      Features real, Features fake, int[][] ofReal, int[][] ofFake, Products products) {
    return estimates(
        KernelSums.Drawn.of(real, ofReal),
        KernelSums.Drawn.of(fake, ofFake),
        subset -> ofReal[subset].length,
        subset -> ofFake[subset].length,
        new KernelSums(products));
  }

  /** The rows of each subset on one side. */
  private static int[][] draw(Features samples, Protocol protocol, int side) {
    int[][] drawn = new int[protocol.subsets()][];
    for (int s = 0; s < drawn.length; s++) {
      int[] order = protocol.seed().stream("kernel-distance", s, side).permutation(samples.rows());
      drawn[s] = Arrays.copyOf(order, protocol.size());
    }
    return drawn;
  }

  /** {@code kernel_distance}, and {@code kernel_distance_std} over several subsets. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("kernel_distance", mean).with("kernel_distance_std", deviation).map();
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "%d subsets of %d from %d real and %d fake samples, seed %d, kernel (x.y / %d + 1)^3 in"
            + " float64, std ddof 0",
        protocol.subsets(),
        protocol.size(),
        realCount,
        fakeCount,
        protocol.seed().value(),
        dimensions);
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
