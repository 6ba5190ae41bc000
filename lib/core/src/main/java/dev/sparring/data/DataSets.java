package dev.sparring.data;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Data sets from arrays in memory. */
public final class DataSets {
  private DataSets() {}

  /**
   * A data set of given samples. It keeps the arrays without a copy; the caller must not change
   * them afterwards.
   *
   * @param sampleShape the shape of one sample, (C, H, W) for images
   * @param values one sample after the other in row-major order; images in [-1, 1]
   * @param labels the class of each sample, from 0, or null where there are none
   * @throws DataException if the sizes do not fit together or a label is negative
   */
  public static DataSet of(Shape sampleShape, float[] values, int @Nullable [] labels) {
    FloatSet.misfit(sampleShape, values, labels)
        .ifPresent(
            problem -> {
              throw new DataException(problem);
            });
    return new FloatSet(sampleShape, values, labels);
  }

  /**
   * Some samples of a data set, in the order of the indices. Samples are not copied; the indices
   * are.
   *
   * @param indices from 0 to the data set's size - 1, at least one; repetitions are allowed
   * @throws DataException if there are no indices
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public static DataSet select(DataSet data, int... indices) {
    if (indices.length == 0) {
      throw new DataException("a data set must have at least 1 sample, none was chosen");
    }
    return new Subset(data, indices);
  }
}
