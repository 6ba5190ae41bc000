package dev.sparring.metric;

import dev.sparring.random.Seed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The Inception score (Salimans et al., arXiv:1606.03498, section 4):
 *
 * <p>exp(mean over x of KL(p(y|x) || p(y))), with p(y) the mean of the p(y|x) of the same split,
 *
 * <p>for each of several splits of the samples, then mean and standard deviation over the splits.
 * From 1 to the number of classes, or to the number of samples in a split if that is less; higher
 * is better. It sees fake samples only. It is called Inception score only with the Inception
 * network; with another classifier see {@link ClassifierScore}.
 *
 * <p>Biased low: the marginal of few samples is closer to each of them (Barratt and Sharma,
 * arXiv:1801.01973), so compare equal counts and equal splits only; the papers' is 50,000 samples
 * in 10 splits. 0 log 0 counts as 0.
 *
 * @param mean of the splits' scores
 * @param deviation of the splits' scores, with ddof 0; absent for a single split
 * @param samples number of samples in all splits together
 * @param classes of the classifier
 * @param protocol splits and order
 */
public record InceptionScore(
    double mean, OptionalDouble deviation, int samples, int classes, Protocol protocol)
    implements MetricResult {
  // Probabilities in single precision add up to 1 within about 1e-6.
  private static final double SUM_TOLERANCE = 1e-4;

  /**
   * How samples are split. Split i of s holds samples floor(i n / s) to floor((i + 1) n / s) - 1 of
   * the order.
   *
   * @param splits number of splits
   * @param shuffle seed of the order, stream "inception-score"; empty keeps the order of samples
   */
  public record Protocol(int splits, Optional<Seed> shuffle) {
    /** Checks the number of splits. */
    public Protocol {
      if (splits < 1) {
        throw new IllegalArgumentException("inception score: splits must be >= 1, got " + splits);
      }
    }

    /**
     * Ten splits in an order of seed 0, so that splits are fair even if samples are sorted by
     * class.
     */
    public static Protocol standard() {
      return new Protocol(10, Optional.of(new Seed(0)));
    }

    /** The same with another number of splits. */
    public Protocol splits(int splits) {
      return new Protocol(splits, shuffle);
    }

    /** The same in an order of this seed. */
    public Protocol shuffled(Seed seed) {
      return new Protocol(splits, Optional.of(seed));
    }

    /** The same without a shuffle, as Salimans et al. */
    public Protocol inOrder() {
      return new Protocol(splits, Optional.empty());
    }
  }

  /** The score by the standard protocol. */
  public static InceptionScore of(Features probabilities) {
    return of(probabilities, Protocol.standard());
  }

  /**
   * The score.
   *
   * @param probabilities (samples, classes), p(y|x); see {@link Features#softmax} for logits
   * @throws IllegalArgumentException if there are fewer samples than splits, or a row is not a
   *     distribution
   */
  public static InceptionScore of(Features probabilities, Protocol protocol) {
    int n = probabilities.rows();
    int splits = protocol.splits();
    if (n < splits) {
      throw new IllegalArgumentException(
          "inception score: " + splits + " splits need at least as many samples, got " + n);
    }
    checkDistributions(probabilities);
    Features ordered =
        protocol
            .shuffle()
            .map(seed -> probabilities.select(seed.stream("inception-score").permutation(n)))
            .orElse(probabilities);
    double[] scores = new double[splits];
    for (int s = 0; s < splits; s++) {
      int from = (int) ((long) s * n / splits);
      int to = (int) ((s + 1L) * n / splits);
      scores[s] = score(ordered, from, to);
    }
    Spread spread = Spread.of(scores);
    return new InceptionScore(
        spread.mean(), spread.deviation(), n, probabilities.columns(), protocol);
  }

  private static void checkDistributions(Features probabilities) {
    for (int row = 0; row < probabilities.rows(); row++) {
      double sum = 0;
      for (int c = 0; c < probabilities.columns(); c++) {
        double p = probabilities.get(row, c);
        if (p < 0) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "inception score: row %d, class %d has probability %s; it must be >= 0",
                  row,
                  c,
                  p));
        }
        sum += p;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw new IllegalArgumentException(
            "inception score: the probabilities of row "
                + row
                + " add up to "
                + sum
                + ", not to 1 (logits need a softmax)");
      }
    }
  }

  private static double score(Features p, int from, int to) {
    int classes = p.columns();
    double[] marginal = new double[classes];
    for (int row = from; row < to; row++) {
      for (int c = 0; c < classes; c++) {
        marginal[c] += p.get(row, c);
      }
    }
    double[] logMarginal = new double[classes];
    for (int c = 0; c < classes; c++) {
      // Not the logarithm of the quotient, which underflows to 0 for very small probabilities.
      logMarginal[c] = Math.log(marginal[c]) - Math.log(to - from);
    }
    double divergences = 0;
    for (int row = from; row < to; row++) {
      for (int c = 0; c < classes; c++) {
        double value = p.get(row, c);
        if (value > 0) {
          divergences += value * (Math.log(value) - logMarginal[c]);
        }
      }
    }
    return Math.exp(divergences / (to - from));
  }

  /** {@code inception_score}, and {@code inception_score_std} over several splits. */
  @Override
  public Map<String, Double> figures() {
    return new Figures().with("inception_score", mean).with("inception_score_std", deviation).map();
  }

  @Override
  public String conditions() {
    String order =
        protocol.shuffle().map(seed -> "shuffled by seed " + seed.value()).orElse("in order");
    return String.format(
        Locale.ROOT,
        "%d samples, %d classes, splits %d %s, std ddof 0",
        samples,
        classes,
        protocol.splits(),
        order);
  }

  @Override
  public List<String> warnings() {
    int smallest = samples / protocol.splits();
    return smallest >= classes
        ? List.of()
        : List.of(
            "a split of "
                + smallest
                + " samples cannot score above "
                + smallest
                + " of "
                + classes
                + " classes");
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
