package dev.sparring.metric;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The Monge distance, MIND with Inception features (Berthet et al., arXiv:2605.06797;
 * torch-fidelity 0.4.0): the squared 2-Wasserstein distance of the features' projections on a
 * direction, which is the mean square of the differences of sorted numbers, averaged over random
 * directions u of length 1, times 3 d:
 *
 * <p>3 d mean over u of mean over j of (sort(u.x)_j - sort(u.y)_j)^2
 *
 * <p>From 0, in the squared unit of the features; lower is better. Distributions that differ by a
 * shift c alone have about 3 |c|^2. Biased upwards as the Fréchet distance is, so that only
 * distances with equal numbers of samples compare. It needs no covariance: fewer samples than
 * features are enough.
 *
 * <p>In double precision; torch-fidelity takes single precision and PyTorch's random directions, so
 * that figures differ by some thousandths of their value. Work is 2 n d multiplications for each
 * direction.
 *
 * @param value the distance
 * @param count samples that are compared, of either side: the smaller number of both
 * @param dimensions features of a sample, d
 * @param directions number of directions
 * @param seed of directions, and of the choice where one side has more samples
 */
public record MongeDistance(double value, int count, int dimensions, int directions, long seed)
    implements MetricResult {
  /** The number of the paper. */
  public static final int STANDARD_DIRECTIONS = 1000;

  private static final String STREAM = "monge-distance";

  // Sides of groups.
  private static final int REAL = 10;
  private static final int FAKE = 11;

  /** Directions at a time: their projections of 50,000 samples take 50 MB. */
  private static final int BLOCK = 64;

  /**
   * The distance.
   *
   * @param directions number of directions, at least 1
   * @param products of double precision
   * @throws IllegalArgumentException if numbers of features differ
   */
  public static MongeDistance between(
      Features real, Features fake, int directions, long seed, Products products) {
    Figures.checkSameColumns("monge distance", real.columns(), fake.columns());
    if (directions < 1) {
      throw new IllegalArgumentException(
          "monge distance: there must be at least 1 direction, got " + directions);
    }
    if (products.roundoff() > Products.DOUBLE) {
      throw new IllegalArgumentException(
          "monge distance: products must be of double precision, got a unit roundoff of "
              + products.roundoff());
    }
    double[] sum = new double[1];
    project(
        real,
        fake,
        directions,
        seed,
        products,
        (x, y) -> {
          Arrays.sort(x);
          Arrays.sort(y);
          sum[0] += meanSquare(x, y);
        });
    int d = real.columns();
    int count = Math.min(real.rows(), fake.rows());
    return new MongeDistance(3.0 * d * sum[0] / directions, count, d, directions, seed);
  }

  /** The same distance without one group of samples of either side after the other. */
  double[] withoutGroups(Features real, Features fake, Products products) {
    JackknifeGroups ofReal = JackknifeGroups.of(new Seed(seed), REAL, count);
    JackknifeGroups ofFake = JackknifeGroups.of(new Seed(seed), FAKE, count);
    int[][] rows = new int[2 * JackknifeGroups.GROUPS][];
    for (int g = 0; g < JackknifeGroups.GROUPS; g++) {
      rows[2 * g] = ofReal.without(g);
      rows[2 * g + 1] = ofFake.without(g);
    }
    double[] sums = new double[JackknifeGroups.GROUPS];
    project(
        real,
        fake,
        directions,
        seed,
        products,
        (x, y) -> {
          for (int g = 0; g < sums.length; g++) {
            sums[g] += meanSquare(sorted(x, rows[2 * g]), sorted(y, rows[2 * g + 1]));
          }
        });
    return Arrays.stream(sums).map(sum -> 3.0 * dimensions * sum / directions).toArray();
  }

  private static double[] sorted(double[] values, int[] rows) {
    double[] some = new double[rows.length];
    Arrays.setAll(some, i -> values[rows[i]]);
    Arrays.sort(some);
    return some;
  }

  /** Sees the projections of both sides on each direction, in the order of the samples. */
  private static void project(
      Features real,
      Features fake,
      int directions,
      long seed,
      Products products,
      BiConsumer<double[], double[]> direction) {
    int count = Math.min(real.rows(), fake.rows());
    Seed from = new Seed(seed);
    Features x = some(real, count, from.stream(STREAM, 0));
    Features y = some(fake, count, from.stream(STREAM, 1));
    int d = real.columns();
    for (int first = 0; first < directions; first += BLOCK) {
      int many = Math.min(BLOCK, directions - first);
      double[] block = new double[many * d];
      for (int i = 0; i < many; i++) {
        direction(from.stream(STREAM, 2, first + i), block, i * d, d);
      }
      double[][] ofReal = projected(x, block, many, products);
      double[][] ofFake = projected(y, block, many, products);
      for (int i = 0; i < many; i++) {
        direction.accept(ofReal[i], ofFake[i]);
      }
    }
  }

  private static Features some(Features all, int count, RandomStream random) {
    if (all.rows() == count) {
      return all;
    }
    return all.select(Arrays.copyOf(random.permutation(all.rows()), count));
  }

  private static void direction(RandomStream random, double[] to, int at, int d) {
    double square = 0;
    for (int c = 0; c < d; c++) {
      to[at + c] = random.gaussian();
      square += to[at + c] * to[at + c];
    }
    double length = Math.sqrt(square);
    for (int c = 0; c < d; c++) {
      to[at + c] /= length;
    }
  }

  /** The projections on each direction. */
  private static double[][] projected(Features x, double[] block, int many, Products products) {
    int d = x.columns();
    double[][] found = new double[many][x.rows()];
    int rows = Math.max(1, BlockSizes.of(d).right());
    products.multiply(
        block,
        d,
        BlockSizes.count(x.rows(), rows),
        number -> {
          int from = number * rows;
          return Arrays.copyOfRange(x.values(), from * d, Math.min(x.rows(), from + rows) * d);
        },
        (number, product) -> {
          int size = product.length / many;
          for (int i = 0; i < many; i++) {
            System.arraycopy(product, i * size, found[i], number * rows, size);
          }
        });
    return found;
  }

  private static double meanSquare(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum / x.length;
  }

  /** {@code monge_distance}. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("monge_distance", value).map();
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "%d real and %d fake samples, %d features, %d directions, seed %d, in float64",
        count,
        count,
        dimensions,
        directions,
        seed);
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
