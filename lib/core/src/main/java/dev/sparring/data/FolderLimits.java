package dev.sparring.data;

/**
 * What decides whether the images of a folder are kept in memory or on disk.
 *
 * @param small bytes of decoded images that are in memory even where a pack has them
 * @param memory bytes of decoded images that may be in memory where no pack has them
 * @param files from how many files on a pack is worth it
 * @param fileBytes from how many bytes of files on a pack is worth it
 */
record FolderLimits(long small, long memory, int files, long fileBytes) {
  /** An eighth of Java's memory and at most 256 MB; a quarter; half a second of decoding. */
  static FolderLimits standard() {
    long heap = Runtime.getRuntime().maxMemory();
    return new FolderLimits(Math.min(heap / 8, 1L << 28), heap / 4, 1000, 8_000_000);
  }
}
