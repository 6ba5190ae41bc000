package dev.sparring.eval;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * From samples to the features in which metrics compare them. The same samples always give the same
 * features.
 */
public interface Extractor {
  /** What figures are named after, e.g. {@code pixels}: numbers of different extractors differ. */
  String name();

  /**
   * The features of samples.
   *
   * @param samples (count, ...) in row-major order
   * @param sample the shape of one of them
   * @return a row a sample
   * @throws IllegalArgumentException if the extractor does not take samples of that shape
   */
  Features features(float[] samples, Shape sample);
}
