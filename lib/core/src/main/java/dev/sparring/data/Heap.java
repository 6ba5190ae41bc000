package dev.sparring.data;

import java.util.Locale;

/** What Java's memory can hold. */
final class Heap {
  /** The share of the memory that one data set may take. */
  private static final double SHARE = 0.8;

  /** What an array takes beside its elements. */
  static final int ARRAY = 24;

  private Heap() {}

  /** The product of sizes from files; Long.MAX_VALUE if it is larger. */
  static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      try {
        product = Math.multiplyExact(product, factor);
      } catch (ArithmeticException e) {
        return Long.MAX_VALUE;
      }
    }
    return product;
  }

  /**
   * Refuses data that does not fit.
   *
   * @param file where the data comes from
   * @param what the data in words, a plural
   * @param bytes what it takes
   * @param smaller what else would do
   */
  static void require(Object file, String what, long bytes, String smaller) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap * SHARE) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s take %.1f GB, Java may use %.1f GB; %sjava -Xmx%dg would do",
              file,
              what,
              bytes / 1e9,
              heap / 1e9,
              smaller,
              gigabytes(bytes / SHARE)));
    }
  }

  /** The option -Xmx in gigabytes that gives so much memory. */
  static long gigabytes(double bytes) {
    return (long) Math.ceil(bytes / 1e9);
  }
}
