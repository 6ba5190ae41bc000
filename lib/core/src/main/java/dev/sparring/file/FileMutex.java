package dev.sparring.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes, and between threads of one process. The operating system releases the
 * lock if a process dies.
 */
public final class FileMutex {
  private static final long POLL_MILLISECONDS = 100;

  /**
   * One for each file, for the threads of this process. Static because POSIX's locks belong to the
   * process: a thread that opens the file while another holds its lock, and closes it again, would
   * end that lock.
   */
  private static final Map<Path, ReentrantLock> OWN = new ConcurrentHashMap<>();

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
    ReentrantLock own = OWN.computeIfAbsent(real(file), f -> new ReentrantLock());
    boolean hasWaited = !own.tryLock();
    if (hasWaited) {
      waiting.run();
      try {
        own.lockInterruptibly();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    try {
      if (own.getHoldCount() > 1) {
        throw new IOException(file + ": this thread holds the lock already");
      }
      return holdingFile(file, hasWaited ? () -> {} : waiting, work);
    } finally {
      own.unlock();
    }
  }

  private static Path real(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
  }

  private static <T> T holdingFile(Path file, Runnable waiting, Supplier<T> work)
      throws IOException {
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
        throw interrupted();
      }
      lock = tryLock(channel);
    }
    return lock;
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a lock");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held in this process through another path to the same file.
      return null;
    }
  }
}
