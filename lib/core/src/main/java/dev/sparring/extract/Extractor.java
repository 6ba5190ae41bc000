package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * Computes the features of samples by which metrics compare them. The same samples always give the
 * same features.
 */
public interface Extractor extends AutoCloseable {
  /** The name of the extractor in figures, e.g. {@code pixels}. */
  String name();

  /**
   * Identifies the features, e.g. {@code onnx:SHA-256:preprocessing}; features are cached under it.
   * Extractors with different features may have equal names, but never equal identities.
   */
  String id();

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
