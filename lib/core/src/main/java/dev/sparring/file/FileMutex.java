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
 * Lets one at a time of several processes, and of several threads of one process, do something. The
 * operating system takes the lock back from a process that dies.
 */
public final class FileMutex {
  private static final long POLL_MILLISECONDS = 100;

  private FileMutex() {}

  /**
   * Waits until nobody else holds the lock, and holds it while it works.
   *
   * @param file the lock; made if it is not there, and left behind, since another one may be
   *     waiting for it. Its folder exists
   * @param waiting run once if somebody else holds the lock
   * @param work what only one may do at a time; not begun if the lock is not to be had
   * @throws IOException if the file cannot be made or the file system has no locks
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
      // Another thread of this process holds it; for such, Java has no waiting call.
      return null;
    }
  }
}
