package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Training samples in memory or on disk, read by index.
 *
 * <p>Images are (C, H, W) with values in [-1, 1]; the values of other data are unlimited.
 */
public interface DataSet {
  /** The shape of one sample. */
  Shape sampleShape();

  /** The number of samples. */
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
   * Writes one sample in row-major order, with random changes if the data set makes them.
   *
   * @param random random numbers for this reading; equal numbers give equal samples, and in paired
   *     data the same change for a source and its sample
   */
  default void read(int index, RandomStream random, float[] target, int offset) {
    read(index, target, offset);
  }

  /** Whether readings of one sample differ, so that they need random numbers. */
  default boolean varies() {
    return false;
  }

  /**
   * Whether samples are read from a disk or decoded when they are asked for. A training then reads
   * its batches ahead on another thread, so such a data set has to allow several threads to read at
   * once.
   */
  default boolean isStreamed() {
    return false;
  }

  /**
   * The sources from which images are generated. In paired data each sample has a source with the
   * same index; otherwise sources and samples are unrelated. Empty for data without sources.
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

  /** A name of a sample for messages, for instance its file. */
  default String name(int index) {
    return "sample " + index;
  }

  /** Names of samples that could not be read and were left out. */
  default List<String> skipped() {
    return List.of();
  }

  /** The class of one sample, from 0, where the data is labelled. */
  OptionalInt label(int index);

  /** SHA-256 of everything that determines the samples, in hexadecimal; recorded with runs. */
  String fingerprint();
}
