package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.setting.Require;

/**
 * The endless sequence of batches that a training reads: epoch after epoch of the data set, each
 * freshly shuffled (unless shuffling is off), cut into batches of one size.
 *
 * <p>Epoch e's order is drawn from {@code seed.stream("order", e)}, and a batch is determined by
 * its index alone, so that a resumed run continues exactly where it stopped. No sample is left out:
 * a batch may begin in one epoch and end in the next, or span several epochs of a small data set.
 *
 * <p>Keeps one epoch's order in memory, for reading in sequence. Not thread-safe.
 */
public final class Batches {
  private final DataSet data;
  private final Seed seed;
  private final int batchSize;
  private final String of;
  private final boolean isShuffled;
  private long epoch = -1;
  private int[] order = {};

  /**
   * The batches of a data set.
   *
   * @throws IllegalArgumentException if the batch size is below 1 or a batch does not fit into an
   *     array
   */
  public Batches(DataSet data, Seed seed, int batchSize) {
    this(data, seed, batchSize, "");
  }

  /**
   * The batches of a data set in an order of their own.
   *
   * @param what a name that separates them from other batches of the same seed, e.g. {@code
   *     sources}
   * @throws IllegalArgumentException if the batch size is below 1 or a batch does not fit into an
   *     array
   */
  public Batches(DataSet data, Seed seed, int batchSize, String what) {
    this(data, seed, batchSize, what.isEmpty() ? "" : " of " + what, true);
  }

  private Batches(DataSet data, Seed seed, int batchSize, String of, boolean isShuffled) {
    Require.atLeast("batch size", batchSize, 1);
    this.data = data;
    this.seed = seed;
    this.batchSize = batchSize;
    this.of = of;
    this.isShuffled = isShuffled;
    int elements = data.sampleShape().elements();
    if ((long) batchSize * elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a batch of " + batchSize + " samples of " + data.sampleShape() + " is too large");
    }
  }

  /** The same with each epoch freshly shuffled, or in the data's own order. */
  public Batches shuffled(boolean isShuffled) {
    return new Batches(data, seed, batchSize, of, isShuffled);
  }

  /** The number of samples in each batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The values of a batch: its samples in order, each row-major. */
  public float[] batch(long index) {
    return read(data, index);
  }

  private float[] read(DataSet from, long index) {
    int size = from.sampleShape().elements();
    float[] values = new float[batchSize * size];
    int[] indices = indices(index);
    for (int i = 0; i < batchSize; i++) {
      if (from.varies()) {
        // The same numbers for a sample and its source, which must be changed alike.
        RandomStream random = seed.stream("reading" + of, index * batchSize + i);
        from.read(indices[i], random, values, i * size);
      } else {
        from.read(indices[i], values, i * size);
      }
    }
    return values;
  }

  /** The sources of a batch's samples, in their order; for paired data. */
  public float[] sources(long index) {
    return read(data.sources().orElseThrow(), index);
  }

  /**
   * The indices of a batch's samples in the data set.
   *
   * @param index from 0
   */
  public int[] indices(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("batch index must be >= 0, got " + index);
    }
    long start = Math.multiplyExact(index, (long) batchSize);
    int[] indices = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long position = start + i;
      int place = (int) (position % data.size());
      indices[i] = isShuffled ? order(position / data.size())[place] : place;
    }
    return indices;
  }

  private int[] order(long wanted) {
    if (wanted != epoch) {
      order = seed.stream("order" + of, wanted).permutation(data.size());
      epoch = wanted;
    }
    return order;
  }
}
