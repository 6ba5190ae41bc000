package dev.sparring.data;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Bounds what images take while they are decoded, however many processors decode them. Half of
 * Java's memory is theirs, less what the data set itself takes: one array cannot fill more of it,
 * since collectors divide it.
 */
final class DecodingMemory {
  private static final int UNIT = 1024;

  private final long limit;
  private final long data;
  private final Semaphore units;
  private final int all;

  private DecodingMemory(long limit, long data) {
    this.limit = limit;
    this.data = data;
    all = (int) Math.max(1, Math.min(limit / UNIT, Integer.MAX_VALUE));
    units = new Semaphore(all, true);
  }

  /** The memory beside a data set that takes this many bytes. */
  static DecodingMemory beside(long data) {
    long heap = Runtime.getRuntime().maxMemory();
    return new DecodingMemory(Math.max(heap / 2 - data, heap / 10), data);
  }

  /** For tests. */
  static DecodingMemory of(long limit) {
    return new DecodingMemory(limit, 0);
  }

  /** Work that takes memory. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Waits until the image fits beside those that are being decoded, and decodes it.
   *
   * @param inHeap bytes in Java's memory
   * @param beyond bytes outside of it, which are bounded by the same sum
   */
  <T> T with(EncodedImage image, long inHeap, long beyond, Work<T> work) throws IOException {
    if (inHeap > limit) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "is %d x %d pixels and takes %.2f GB to decode, Java may use %.2f GB for that; java"
                  + " -Xmx%dg would do",
              image.width(),
              image.height(),
              inHeap / 1e9,
              limit / 1e9,
              Heap.gigabytes(2.0 * inHeap + 2.0 * data)));
    }
    int share = (int) Math.min(all, (inHeap + beyond) / UNIT + 1);
    units.acquireUninterruptibly(share);
    try {
      return work.run();
    } finally {
      units.release(share);
    }
  }
}
