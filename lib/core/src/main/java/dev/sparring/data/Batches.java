package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.setting.Require;

/**
 * The endless sequence of batches that a training reads: epoch after epoch of the data set, each
 * freshly shuffled unless it is to keep its order, cut into batches of one size.
 *
 * <p>Epoch e's order is drawn from {@code seed.stream("order", e)}, and a batch is found by its
 * index alone, so a resumed run goes on exactly where it stopped. No sample is left out: a batch
 * may begin in one epoch and end in the next, or span several of a data set smaller than itself.
 *
 * <p>Keeps one epoch's order, which serves reading forwards; used by one thread at a time.
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
   * @throws IllegalArgumentException if a batch has no sample or does not fit into an array
   */
  public Batches(DataSet data, Seed seed, int batchSize) {
    this(data, seed, batchSize, "");
  }

  /**
   * The batches of a data set in an order of their own.
   *
   * @param what tells them from others of the same seed, e.g. {@code sources}
   * @throws IllegalArgumentException if a batch has no sample or does not fit into an array
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

  /** How many samples are in each batch. */
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
        // Of a sample and its source the same: they have to be changed alike.
        RandomStream random = seed.stream("reading" + of, index * batchSize + i);
        from.read(indices[i], random, values, i * size);
      } else {
        from.read(indices[i], values, i * size);
      }
    }
    return values;
  }

  /** The sources of a batch's samples, in their order; for data that comes in pairs. */
  public float[] sources(long index) {
    return read(data.sources().orElseThrow(), index);
  }

  /**
   * Which samples of the data set a batch is made of.
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
