package dev.sparring.train;

import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import java.util.function.Supplier;

/**
 * Checks the values of batches until as many samples as one epoch has were read: all are finite,
 * and those of images are in [-1, 1]. That one pass over a batch is little beside reading it.
 */
final class ValueCheck {
  /** What rounding may add to 1 where a program scales its images itself. */
  private static final float ROUNDING = 1e-3f;

  private final String place;
  private final DataSet data;
  private final boolean isImages;
  private final float limit;
  private final int elements;
  private long left;

  /** Checks the values of one data set, named by its place in messages. */
  ValueCheck(String place, DataSet data) {
    this.place = place;
    this.data = data;
    isImages = data.sampleShape().rank() == 3;
    limit = isImages ? 1 + ROUNDING : Float.MAX_VALUE;
    elements = data.sampleShape().elements();
    left = data.size();
  }

  /**
   * Checks a batch.
   *
   * @param indices which samples it has; asked for only if one is wrong
   * @throws DataException if a value is wrong, with its sample
   */
  void accept(float[] values, Supplier<int[]> indices) {
    if (left <= 0) {
      return;
    }
    left -= values.length / elements;
    for (int i = 0; i < values.length; i++) {
      // Not finite numbers fail this too.
      if (!(Math.abs(values[i]) <= limit)) {
        throw new DataException(
            place
                + ": "
                + data.name(indices.get()[i / elements])
                + ": value "
                + i % elements
                + " is "
                + values[i]
                + (isImages ? ", images hold values in [-1, 1]" : ", values must be finite"));
      }
    }
  }
}
