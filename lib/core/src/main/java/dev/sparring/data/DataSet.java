package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Training samples in memory or on disk, read by index.
 *
 * <p>Images are (C, H, W) with values in [-1, 1]; other data is what it is.
 */
public interface DataSet {
  /** The shape of one sample. */
  Shape sampleShape();

  /** How many samples there are. */
  int size();

  /**
   * Writes one sample in row-major order.
   *
   * @param index from 0 to {@link #size()} - 1
   * @param target receives the sample's values
   * @param offset where they start in target
   */
  void read(int index, float[] target, int offset);

  /** The shape of one source where data comes in pairs; none for other data. */
  default Optional<Shape> sourceShape() {
    return Optional.empty();
  }

  /**
   * Writes the source that belongs to a sample, in row-major order.
   *
   * @param index the sample's
   * @param target receives the source's values
   * @param offset where they start in target
   * @throws UnsupportedOperationException if the data does not come in pairs
   */
  default void readSource(int index, float[] target, int offset) {
    throw new UnsupportedOperationException("these samples have no sources");
  }

  /** The class of one sample, from 0, where the data is labelled. */
  OptionalInt label(int index);

  /** SHA-256 of everything that determines the samples, in hexadecimal; for the record of a run. */
  String fingerprint();
}
