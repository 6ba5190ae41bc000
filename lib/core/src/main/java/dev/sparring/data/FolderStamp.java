package dev.sparring.data;

import dev.sparring.file.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells whether the files of a folder are those of an earlier time, without reading them: the
 * path, the size and the time of change of each.
 *
 * <p>Where the file system has it, that is the time of the last change of anything about the file
 * (POSIX's ctime), which programs cannot set: contents that are exchanged under the old time of
 * modification, as {@code cp -p} and {@code rsync} do, are noticed. Elsewhere it is the time of
 * modification. A change within the clock's tick of the one before would have the same time;
 * therefore {@link #settle} lets that tick pass before the files are read.
 *
 * @param digest SHA-256 of the paths, sizes and times, in hexadecimal
 * @param count of files
 * @param bytes of all files
 * @param newest the last time of change
 */
record FolderStamp(String digest, int count, long bytes, Instant newest) {
  private static final String CHANGED = "ctime";

  /** Ticks of file systems: jiffies, or 2 seconds where times are whole seconds. */
  private static final Duration FINE = Duration.ofMillis(20);

  private static final Duration COARSE = Duration.ofSeconds(2);

  private record FileStamp(long size, Instant modified, Instant changed) {
    private static final FileStamp NONE = new FileStamp(-1, Instant.EPOCH, Instant.EPOCH);
  }

  /** The files as they are now. */
  static FolderStamp of(FolderFiles files) {
    boolean isUnix =
        files.root().path().getFileSystem().supportedFileAttributeViews().contains("unix");
    List<Map.Entry<String, InputFile>> all = List.copyOf(files.images().entrySet());
    List<FileStamp> stamps =
        all.parallelStream().map(file -> stamp(file.getValue().path(), isUnix)).toList();
    var digest = Sha256.digest();
    long bytes = 0;
    Instant newest = Instant.EPOCH;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      FileStamp stamp = stamps.get(i);
      line.setLength(0);
      line.append(all.get(i).getKey())
          .append('\0')
          .append(stamp.size)
          .append(' ')
          .append(stamp.modified.getEpochSecond())
          .append('.')
          .append(stamp.modified.getNano())
          .append(' ')
          .append(stamp.changed.getEpochSecond())
          .append('.')
          .append(stamp.changed.getNano())
          .append('\n');
      digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
      bytes += Math.max(0, stamp.size);
      newest = stamp.changed.isAfter(newest) ? stamp.changed : newest;
    }
    return new FolderStamp(HexFormat.of().formatHex(digest.digest()), all.size(), bytes, newest);
  }

  private static FileStamp stamp(Path file, boolean isUnix) {
    try {
      if (isUnix) {
        Map<String, Object> facts =
            Files.readAttributes(file, "unix:size,lastModifiedTime," + CHANGED);
        return facts.get("size") instanceof Long size
                && facts.get("lastModifiedTime") instanceof FileTime modified
                && facts.get(CHANGED) instanceof FileTime changed
            ? new FileStamp(size, modified.toInstant(), changed.toInstant())
            : FileStamp.NONE;
      }
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      Instant modified = facts.lastModifiedTime().toInstant();
      return new FileStamp(facts.size(), modified, modified);
    } catch (IOException e) {
      // Broken, as reading will find.
      return FileStamp.NONE;
    }
  }

  /**
   * Waits until a later change would have a later time.
   *
   * @throws InterruptedIOException if the thread is interrupted meanwhile
   */
  void settle() throws InterruptedIOException {
    Duration tick = newest.equals(newest.truncatedTo(ChronoUnit.SECONDS)) ? COARSE : FINE;
    Duration left = Duration.between(Instant.now(), newest.plus(tick));
    // Times in the future say nothing.
    if (left.isNegative() || left.compareTo(tick) > 0) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(left.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the clock");
    }
  }
}
