package dev.sparring.data;

import dev.sparring.random.RandomStream;
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

  /**
   * Writes one sample in row-major order, changed by chance where the data set does that.
   *
   * @param random the numbers of this reading; equal numbers give equal samples, and where data
   *     comes in pairs change a source like its sample
   */
  default void read(int index, RandomStream random, float[] target, int offset) {
    read(index, target, offset);
  }

  /** Whether readings of one sample differ: whether it is worth giving them random numbers. */
  default boolean varies() {
    return false;
  }

  /**
   * What images are made from: sources. Where data comes in pairs there are as many as samples, and
   * the source of a sample has its index; else the two have nothing to do with each other. None for
   * data of samples only.
   */
  default Optional<DataSet> sources() {
    return Optional.empty();
  }

  /** The shapes of samples and sources. */
  default DataShapes form() {
    return new DataShapes(sampleShape(), sources().map(DataSet::sampleShape));
  }

  /** Whether each source belongs to the sample of its index. */
  default boolean isPaired() {
    return false;
  }

  /** What people call a sample, for instance its file; for messages. */
  default String name(int index) {
    return "sample " + index;
  }

  /** The class of one sample, from 0, where the data is labelled. */
  OptionalInt label(int index);

  /** SHA-256 of everything that determines the samples, in hexadecimal; for the record of a run. */
  String fingerprint();
}
