package dev.sparring.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to write into a folder, held by one owner at a time: one process, and in it one object.
 *
 * <p>It is a lock of the operating system on {@value #FILE} in the folder, so it ends with the
 * process, however that ends; the file stays. Its text names the holder, for messages; it is
 * emptied when the lock is given back, so a text without a lock is that of a process that was
 * killed.
 *
 * <p>On network folders the server keeps such locks for all its clients: NFS 4 always, NFS 3 with
 * its lock service, SMB always. A mount option that keeps locks on the client ({@code nolock},
 * {@code local_lock}, {@code nobrl}) makes them hold among the processes of one host only; a lock
 * taken over from a holder of another host is therefore said ({@link #predecessor}). Where a file
 * system has no locks, the text decides: the lock of a process of this host ends with that process,
 * that of another host's process when it is given back or the file is deleted, which the message
 * says.
 *
 * <p>A process must not open {@value #FILE} of a folder that it holds itself by other means: where
 * locks are POSIX's, closing the file again would end the lock.
 */
public final class FolderLock implements AutoCloseable {
  /** The file's name. */
  public static final String FILE = ".lock";

  /** One byte far after the text, because Windows lets no other process read what is locked. */
  private static final long PLACE = 1L << 30;

  /** A report looks whether a lock is free by taking a shared one for an instant. */
  private static final int ATTEMPTS = 5;

  private static final long PAUSE_MILLISECONDS = 20;
  private static final int LONGEST_TEXT = 4096;

  /**
   * What this process holds. Static because POSIX's locks belong to the process: it must know its
   * own without opening their files.
   */
  private static final Map<Path, FolderLock> OWN = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final LockHolder holder;
  private final Optional<LockHolder> predecessor;
  private final Object identity;

  private FolderLock(
      Path file, FileChannel channel, LockHolder holder, Optional<LockHolder> predecessor)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.holder = holder;
    this.predecessor = predecessor;
    identity = identity(file);
  }

  /** Takes an exclusive or a shared lock of a byte; a file system without locks throws. */
  @FunctionalInterface
  interface Locking {
    @Nullable FileLock attempt(FileChannel channel, boolean shared) throws IOException;
  }

  private static @Nullable FileLock system(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(PLACE, 1, shared);
    } catch (OverlappingFileLockException e) {
      // Held in this process through another path to the same file.
      return null;
    }
  }

  /**
   * Takes the lock without waiting.
   *
   * @param folder created if it is missing
   * @throws FolderHeldException if another owner has it
   * @throws IOException if the folder cannot be written to
   */
  public static FolderLock take(Path folder) throws IOException {
    return take(folder, FolderLock::system);
  }

  static FolderLock take(Path folder, Locking locking) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.toRealPath().resolve(FILE);
    synchronized (OWN) {
      FolderLock own = OWN.get(file);
      if (own != null && own.isLost()) {
        OWN.remove(file);
      } else if (own != null) {
        throw held(folder, Optional.of(own.holder), "");
      }
      requireOwnFile(file);
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        Optional<LockHolder> before = lock(folder, channel, locking);
        LockHolder here = LockHolder.here();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(here.toJson()), 0);
        channel.force(true);
        FolderLock taken = new FolderLock(file, channel, here, before);
        OWN.put(file, taken);
        return taken;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** Its text is replaced: in a folder of a stranger's, a link might lead to any file of ours. */
  private static void requireOwnFile(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "it is no file, but a link, a folder or a pipe; remove it");
    }
  }

  /** Locks the file, and returns the last holder if that ended without giving it back. */
  private static Optional<LockHolder> lock(Path folder, FileChannel channel, Locking locking)
      throws IOException {
    FileLock lock;
    try {
      lock = attempt(channel, locking);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      Optional<LockHolder> before = read(channel);
      if (before.isPresent() && before.get().mayBeAlive()) {
        String advice =
            "; this file system has no locks: if that process is gone, delete "
                + folder.resolve(FILE);
        throw held(folder, before, advice);
      }
      return before;
    }
    if (lock == null) {
      throw held(folder, read(channel), "");
    }
    return read(channel);
  }

  private static @Nullable FileLock attempt(FileChannel channel, Locking locking)
      throws IOException {
    FileLock lock = locking.attempt(channel, false);
    for (int i = 1; i < ATTEMPTS && lock == null; i++) {
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while taking a lock");
      }
      lock = locking.attempt(channel, false);
    }
    return lock;
  }

  private static FolderHeldException held(Path folder, Optional<LockHolder> holder, String advice) {
    String who = holder.map(LockHolder::toString).orElse("another process");
    return new FolderHeldException(folder + ": is being written to by " + who + advice);
  }

  /**
   * Who holds the lock of a folder now; nothing is written.
   *
   * @return empty if it is free, or there is no such folder
   * @throws IOException if its file cannot be read
   */
  public static Optional<LockHolder> holder(Path folder) throws IOException {
    return holder(folder, FolderLock::system);
  }

  static Optional<LockHolder> holder(Path folder, Locking locking) throws IOException {
    if (!Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path file = folder.toRealPath().resolve(FILE);
    synchronized (OWN) {
      FolderLock own = OWN.get(file);
      if (own != null) {
        return own.isLost() ? Optional.empty() : Optional.of(own.holder);
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        FileLock lock;
        try {
          lock = locking.attempt(channel, true);
        } catch (IOException e) {
          return read(channel).filter(LockHolder::mayBeAlive);
        }
        if (lock != null) {
          lock.release();
          return Optional.empty();
        }
        // Without its text a moment after it was taken.
        return Optional.of(read(channel).orElseGet(LockHolder::unknown));
      }
    }
  }

  /** Whether a folder has ever had a lock, so that {@link #holder} tells whether it has one now. */
  public static boolean isKnown(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Refuses as {@link #take} would, without taking it; for a look before long preparations. */
  public static void requireFree(Path folder) throws IOException {
    Optional<LockHolder> holder = holder(folder);
    if (holder.isPresent()) {
      throw held(folder, holder, "");
    }
  }

  private static Optional<LockHolder> read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
    int n = 0;
    while (n >= 0 && text.hasRemaining()) {
      n = channel.read(text, text.position());
    }
    return LockHolder.of(Arrays.copyOf(text.array(), text.position()));
  }

  /** The process that held the lock before and did not give it back, because it was killed. */
  public Optional<LockHolder> predecessor() {
    return predecessor;
  }

  /** Whether the folder was removed, moved away or replaced since the lock was taken. */
  public boolean isLost() {
    try {
      return !Objects.equals(identity, identity(file));
    } catch (IOException e) {
      return true;
    }
  }

  private static Object identity(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    // Windows gives files no keys.
    return found.fileKey() == null ? found.creationTime() : found.fileKey();
  }

  /** Gives it back; again is nothing. */
  @Override
  public void close() {
    synchronized (OWN) {
      if (!channel.isOpen()) {
        return;
      }
      OWN.remove(file, this);
      try (channel) {
        channel.truncate(0);
      } catch (IOException e) {
        // The lock ends all the same; a text that stays is that of a process that is gone.
        return;
      }
    }
  }
}
