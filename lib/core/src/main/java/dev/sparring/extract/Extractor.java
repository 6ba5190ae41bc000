package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * Computes the features of samples by which metrics compare them. The same samples always give the
 * same features.
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
  /** The name of the extractor in figures, e.g. {@code pixels}. */
  String name();

  /**
   * Identifies the features, e.g. {@code onnx:SHA-256:preprocessing}; features are cached under it.
   * Extractors with different features may have equal names, but never equal identities. The name
   * by default.
   */
  default String id() {
    return name();
  }

  /** Everything needed to reproduce the features, in one line. */
  String conditions();

  /**
   * Checks that samples of that shape are accepted, before any are generated.
   *
   * @param sample the shape of one sample
   * @throws IllegalArgumentException if they are not; the message says what would be right
   */
  default void check(Shape sample) {}

  /**
   * The features of samples.
   *
   * @param samples (count, ...) in row-major order
   * @param sample the shape of one of them
   * @return one row for each sample
   * @throws IllegalArgumentException if the extractor does not accept samples of that shape
   */
  Features features(float[] samples, Shape sample);

  /** Frees memory outside the Java heap; does nothing by default. */
  @Override
  default void close() {}
}
