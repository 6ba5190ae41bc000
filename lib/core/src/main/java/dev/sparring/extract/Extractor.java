package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * From samples to the features in which metrics compare them. The same samples always give the same
 * features.
 *
 * <p><b>Write your own.</b> For instance mean and mean square of each sample:
 *
 * <pre>{@code
 * record MeanAndSquare() implements Extractor {
 *   public String name() {
 *     return "meanAndSquare";
 *   }
 *
 *   public String conditions() {
 *     return "meanAndSquare: mean and mean square of a sample's numbers";
 *   }
 *
 *   public Features features(float[] samples, Shape sample) {
 *     int size = sample.elements();
 *     double[] rows = new double[samples.length / size * 2];
 *     for (int i = 0; i < samples.length; i++) {
 *       rows[i / size * 2] += samples[i] / size;
 *       rows[i / size * 2 + 1] += samples[i] * samples[i] / size;
 *     }
 *     return Features.of(rows, 2);
 *   }
 * }
 * }</pre>
 */
public interface Extractor extends AutoCloseable {
  /** What figures are named after, e.g. {@code pixels}: numbers of different extractors differ. */
  String name();

  /**
   * Tells extractors apart whose features differ, e.g. {@code onnx:SHA-256:preprocessing}: features
   * may be kept under it. Names need not differ, identities do. The name by default.
   */
  default String id() {
    return name();
  }

  /** All that one has to know to get the same features, in one line. */
  String conditions();

  /**
   * Finds out whether samples of that shape are taken, before anybody makes them.
   *
   * @param sample the shape of one sample
   * @throws IllegalArgumentException if they are not, with what would be right
   */
  default void check(Shape sample) {}

  /**
   * The features of samples.
   *
   * @param samples (count, ...) in row-major order
   * @param sample the shape of one of them
   * @return a row a sample
   * @throws IllegalArgumentException if the extractor does not take samples of that shape
   */
  Features features(float[] samples, Shape sample);

  /** Frees what the extractor holds beside Java's memory; by default that is nothing. */
  @Override
  default void close() {}
}
