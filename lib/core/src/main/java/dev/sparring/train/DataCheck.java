package dev.sparring.train;

import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.plan.GamePlan;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Checks that a data set is what a plan says, before a training begins: shapes, sources, labels,
 * and that a reading writes one whole sample. {@link ValueCheck} looks at the values.
 */
final class DataCheck {
  /** The number of labels looked at before the start; later ones are checked as they are read. */
  private static final int LABELS = 1_000_000;

  /** A NaN that no computation gives, so that it shows what a reading has not written. */
  private static final int UNTOUCHED = 0x7fc5a5a5;

  private DataCheck() {}

  /**
   * Checks all but the values.
   *
   * @throws DataException if something is not what the plan says
   */
  static void form(GamePlan plan, DataSet data) {
    samples("data", data, plan.sample());
    sources(plan, data);
    if (plan.classes().isPresent()) {
      int count = Math.min(LABELS, data.size());
      for (int i = 0; i < count; i++) {
        label(data, i, plan.classes().getAsInt());
      }
    }
  }

  private static void samples(String place, DataSet data, Shape expected) {
    if (!data.sampleShape().equals(expected)) {
      throw new DataException(
          place
              + ": the data set has samples of shape "
              + data.sampleShape()
              + ", the recipe's data has "
              + expected);
    }
    if (data.size() < 1) {
      throw new DataException(place + ": a data set must have at least 1 sample, has 0");
    }
    readsWhole(place, data);
  }

  private static void sources(GamePlan plan, DataSet data) {
    Optional<DataSet> sources = data.sources();
    if (plan.source().isEmpty()) {
      if (sources.isPresent()) {
        throw new DataException(
            "data: the data set has sources, the recipe's data has none and starts from noise");
      }
      return;
    }
    if (sources.isEmpty()) {
      throw new DataException(
          "data: the data set has no sources, the recipe generates images from images of shape "
              + plan.source().get());
    }
    samples("data: sources", sources.get(), plan.source().get());
    if (data.isPaired() != plan.isPaired()) {
      throw new DataException(
          "data: isPaired of the data set is "
              + data.isPaired()
              + ", that of the recipe's data is "
              + plan.isPaired());
    }
    if (plan.isPaired() && sources.get().size() != data.size()) {
      throw new DataException(
          "data: each sample needs a source, there are "
              + data.size()
              + " samples and "
              + sources.get().size()
              + " sources");
    }
  }

  /** A reading that writes too little or too much would change other samples of a batch. */
  private static void readsWhole(String place, DataSet data) {
    int elements = data.sampleShape().elements();
    if (elements > Integer.MAX_VALUE / 4) {
      return;
    }
    float[] target = new float[3 * elements];
    Arrays.fill(target, Float.intBitsToFloat(UNTOUCHED));
    String where = place + ": " + data.name(0) + ": ";
    try {
      data.read(0, target, elements);
    } catch (IndexOutOfBoundsException e) {
      throw new DataException(
          where + "cannot be read as " + elements + " values: " + e.getMessage(), e);
    }
    int before = written(target, 0, elements);
    int inside = written(target, elements, 2 * elements);
    int after = written(target, 2 * elements, 3 * elements);
    if (before + after > 0) {
      throw new DataException(
          where
              + "read writes "
              + (before + inside + after)
              + " values, a sample of shape "
              + data.sampleShape()
              + " has "
              + elements
              + " from the offset on");
    }
    if (inside < elements) {
      throw new DataException(
          where
              + "read writes only "
              + inside
              + " values, a sample of shape "
              + data.sampleShape()
              + " has "
              + elements);
    }
  }

  private static int written(float[] values, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Float.floatToRawIntBits(values[i]) != UNTOUCHED) {
        count++;
      }
    }
    return count;
  }

  /**
   * The label of a sample.
   *
   * @throws DataException if it has none, or one that the networks do not know
   */
  static int label(DataSet data, int index, int classes) {
    OptionalInt label = data.label(index);
    if (label.isEmpty() || label.getAsInt() < 0 || label.getAsInt() >= classes) {
      throw new DataException(
          "data: "
              + data.name(index)
              + ": has "
              + (label.isEmpty() ? "no label" : "label " + label.getAsInt())
              + ", the networks are for labels from 0 to "
              + (classes - 1));
    }
    return label.getAsInt();
  }
}
