package dev.sparring.metric;

import java.util.List;
import java.util.Map;

/**
 * How samples are distributed over classes, as found by a classifier: the measures of Stacked MNIST
 * (Metz et al., arXiv:1611.02163; Lin et al., arXiv:1712.04086), with 1000 classes and 26,000
 * samples there.
 *
 * <p>A class is hit if at least one sample belongs to it. Reverse KL is KL(q || u) = sum of q_k
 * log(K q_k) of the shares q of the K classes against uniform shares u, in nats, from 0 to log K; n
 * evenly distributed samples give about (K - 1) / (2 n). It is meant for data with equally frequent
 * classes. A classifier's mistakes count as hits too.
 *
 * @param counts samples of each class
 */
public record ClassCoverage(List<Integer> counts) implements MetricResult {
  /** Checks and copies the counts. */
  public ClassCoverage {
    counts = Histogram.copy("class coverage", counts);
  }

  /**
   * From a classifier's labels.
   *
   * @param labels of the samples, at least one, each from 0 to classes - 1
   * @param classes number of classes
   * @throws IllegalArgumentException if there is no label or one that is out of range
   */
  public static ClassCoverage of(int[] labels, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("class coverage: classes must be >= 1, got " + classes);
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException(
          "class coverage: there must be at least 1 label, got none");
    }
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "class coverage: label "
                + i
                + " must be between 0 and "
                + (classes - 1)
                + ", got "
                + labels[i]);
      }
      counts[labels[i]]++;
    }
    return new ClassCoverage(Histogram.list(counts));
  }

  /** The number of classes, K. */
  public int classes() {
    return counts.size();
  }

  /** The number of samples. */
  public int samples() {
    return Histogram.total(counts);
  }

  /** The number of classes with at least one sample. */
  public int classesHit() {
    return Histogram.occupied(counts);
  }

  /** KL(q || uniform) in nats. */
  public double reverseKl() {
    return Histogram.reverseKl(counts).orElseThrow();
  }

  /** {@code classes_hit} and {@code class_reverse_kl}. */
  @Override
  public Map<String, Double> figures() {
    return new Figures()
        .with("classes_hit", classesHit())
        .with("class_reverse_kl", reverseKl())
        .map();
  }

  @Override
  public String conditions() {
    return samples() + " samples, " + classes() + " classes";
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
