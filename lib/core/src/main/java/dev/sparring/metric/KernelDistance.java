package dev.sparring.metric;

import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

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
 * <p>Cost: 2 m^2 d multiplications for each subset; the standard protocol with d = 2048 takes some
 * two minutes on one core of 2023.
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
    double[] estimates = new double[protocol.subsets()];
    for (int s = 0; s < estimates.length; s++) {
      estimates[s] = estimate(draw(real, protocol, s, 0), draw(fake, protocol, s, 1));
    }
    Spread spread = Spread.of(estimates);
    return new KernelDistance(
        spread.mean(), spread.deviation(), real.rows(), fake.rows(), real.columns(), protocol);
  }

  private static Features draw(Features samples, Protocol protocol, int subset, int side) {
    int[] order =
        protocol.seed().stream("kernel-distance", subset, side).permutation(samples.rows());
    return samples.select(Arrays.copyOf(order, protocol.size()));
  }

  /** The estimate from as many real as fake samples. */
  private static double estimate(Features real, Features fake) {
    double m = real.rows();
    return (sumWithin(real) + sumWithin(fake)) / (m * (m - 1))
        - 2 * sumAcross(real, fake) / (m * m);
  }

  /** The kernel's sum over all ordered pairs of different rows. */
  private static double sumWithin(Features x) {
    double sum = 0;
    double[] products = new double[Block.SIZE];
    for (int from = 0; from < x.rows(); from += Block.SIZE) {
      Block block = new Block(x, from);
      for (int i = 0; i < from + block.size; i++) {
        block.products(x, i, products);
        // Only pairs (i, j) with i < j; the other half is equal.
        for (int j = Math.max(0, i + 1 - from); j < block.size; j++) {
          sum += kernel(products[j], x.columns());
        }
      }
    }
    return 2 * sum;
  }

  private static double sumAcross(Features x, Features y) {
    double sum = 0;
    double[] products = new double[Block.SIZE];
    for (int from = 0; from < y.rows(); from += Block.SIZE) {
      Block block = new Block(y, from);
      for (int i = 0; i < x.rows(); i++) {
        block.products(x, i, products);
        for (int j = 0; j < block.size; j++) {
          sum += kernel(products[j], x.columns());
        }
      }
    }
    return sum;
  }

  private static double kernel(double product, int d) {
    double base = product / d + 1;
    return base * base * base;
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
        "%d subsets of %d from %d real and %d fake samples, seed %d, kernel (x.y / %d + 1)^3, std"
            + " ddof 0",
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
