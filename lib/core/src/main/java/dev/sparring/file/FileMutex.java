package dev.sparring.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes, and between threads of one process. The operating system releases the
 * lock if a process dies.
 */
public final class FileMutex {
  private static final long POLL_MILLISECONDS = 100;

  private FileMutex() {}

  /**
   * Waits for the lock, and holds it during the work.
   *
   * @param file the lock file, in an existing folder; created if it is missing, and not deleted,
   *     because another process may be waiting for it
   * @param waiting run once if the lock is held by another thread or process
   * @param work the work to do under the lock; not begun if the lock cannot be acquired
   * @throws IOException if the file cannot be created or the file system has no locks
   * @throws InterruptedIOException if the thread is interrupted while it waits
   */
  public static <T> T holding(Path file, Runnable waiting, Supplier<T> work) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, waiting)) {
      if (!lock.isValid()) {
        throw new IOException(file + ": the lock was lost");
      }
      return work.get();
    }
  }

  private static FileLock lock(FileChannel channel, Runnable waiting) throws IOException {
    FileLock lock = tryLock(channel);
    if (lock == null) {
      waiting.run();
    }
    while (lock == null) {
      try {
        Thread.sleep(POLL_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a lock");
      }
      lock = tryLock(channel);
    }
    return lock;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it; Java cannot wait for that.
      return null;
    }
  }
}
