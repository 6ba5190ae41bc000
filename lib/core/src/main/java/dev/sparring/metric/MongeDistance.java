package dev.sparring.metric;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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
    int count = Math.min(real.rows(), fake.rows());
    Seed from = new Seed(seed);
    Features x = some(real, count, from.stream(STREAM, 0));
    Features y = some(fake, count, from.stream(STREAM, 1));
    int d = real.columns();
    double sum = 0;
    for (int first = 0; first < directions; first += BLOCK) {
      int many = Math.min(BLOCK, directions - first);
      double[] block = new double[many * d];
      for (int i = 0; i < many; i++) {
        direction(from.stream(STREAM, 2, first + i), block, i * d, d);
      }
      double[][] ofReal = projected(x, block, many, products);
      double[][] ofFake = projected(y, block, many, products);
      for (int i = 0; i < many; i++) {
        sum += meanSquare(ofReal[i], ofFake[i]);
      }
    }
    return new MongeDistance(3.0 * d * sum / directions, count, d, directions, seed);
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

  /** The sorted projections on each direction. */
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
    IntStream.range(0, many).forEach(i -> Arrays.sort(found[i]));
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
