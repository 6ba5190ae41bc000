package dev.sparring.classify;

import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.random.Seed;
import dev.sparring.setting.Settings;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Data on which a classifier can be trained.
 *
 * @param data images, each labelled
 * @param classes one more than the largest label
 */
public record LabelledImages(DataSet data, int classes) {
  private static final int LEAST_SIDE = 8;
  private static final int MOST_SIDE = 64;

  /** A tenth is held out, so this is one sample at least. */
  private static final int LEAST_SAMPLES = 10;

  /** One of 10 samples is held out. */
  private static final int HELD_OUT = 10;

  /**
   * Reads all labels.
   *
   * @param name of the data, for errors
   * @throws IllegalArgumentException if no classifier can be trained on it
   */
  public static LabelledImages of(String name, DataSet data) {
    int largest = -1;
    for (int i = 0; i < data.size(); i++) {
      OptionalInt label = data.label(i);
      if (label.isEmpty()) {
        throw unusable(name, "has no labels; the extractor classifier needs some");
      }
      largest = Math.max(largest, label.getAsInt());
    }
    Shape shape = data.sampleShape();
    if (shape.rank() != 3
        || Math.min(shape.dim(1), shape.dim(2)) < LEAST_SIDE
        || Math.max(shape.dim(1), shape.dim(2)) > MOST_SIDE) {
      throw unusable(
          name,
          "has samples of shape "
              + shape
              + "; the extractor classifier takes images of "
              + LEAST_SIDE
              + " to "
              + MOST_SIDE
              + " pixels a side");
    }
    if (largest < 1) {
      throw unusable(name, "has a single class; the extractor classifier needs 2 or more");
    }
    if (data.size() < LEAST_SAMPLES) {
      throw unusable(
          name,
          "has "
              + data.size()
              + " samples; the extractor classifier needs "
              + LEAST_SAMPLES
              + " or more");
    }
    return new LabelledImages(data, largest + 1);
  }

  private static IllegalArgumentException unusable(String name, String why) {
    return new IllegalArgumentException("data '" + name + "' " + why + ": use pixels or a file");
  }

  /** The word by which recipes name that data. */
  public static String name(Data data) {
    return Settings.word(data);
  }

  /** The samples to train on. */
  DataSet training(Seed seed) {
    int[] order = order(seed);
    return DataSets.select(data, Arrays.copyOfRange(order, data.size() / HELD_OUT, order.length));
  }

  /** The held-out samples. */
  DataSet heldOut(Seed seed) {
    return DataSets.select(data, Arrays.copyOf(order(seed), data.size() / HELD_OUT));
  }

  private int[] order(Seed seed) {
    return seed.stream("classifier held out").permutation(data.size());
  }
}
