package dev.sparring.data;

import dev.sparring.file.Reason;
import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an {@link ImagePack} image by image: beside its place, synced and renamed in the end. What
 * goes wrong, such as a full disk, is said in a line, and ends the pack and not the reading.
 */
final class PackWriter implements AutoCloseable {
  private final Path file;
  private final Path beside;
  private final Consumer<String> log;
  private final int elements;
  private final int parts;
  private @Nullable FileChannel channel;
  private long end = ImagePack.HEADER;

  /**
   * Begins a pack.
   *
   * @param file in a folder that exists, whose lock this process holds
   * @param images how many there will be at most
   */
  PackWriter(Path file, int images, int parts, int elements, Consumer<String> log) {
    this.file = file;
    this.log = log;
    this.parts = parts;
    this.elements = elements;
    beside =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      long needed = Heap.product(images, parts, elements);
      long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
      if (needed > free) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "they take %.1f MB, and the disk has %.1f MB left",
                needed / 1e6,
                free / 1e6));
      }
      channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      write(channel, ImagePack.header(), 0);
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += channel.write(bytes, to);
    }
  }

  /** Adds the next image, unless something went wrong before; returns whether it is written. */
  boolean add(byte[][] image) {
    if (channel == null) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.allocate(parts * elements);
    for (byte[] part : image) {
      bytes.put(part);
    }
    try {
      write(channel, bytes.flip(), end);
    } catch (IOException e) {
      giveUp(e);
      return false;
    }
    end += bytes.limit();
    return true;
  }

  /** An image that was added, or null if something went wrong. */
  byte @Nullable [][] read(int image) {
    FileChannel from = channel;
    if (from == null) {
      return null;
    }
    byte[][] read = new byte[parts][elements];
    try {
      ByteBuffer bytes =
          ImagePack.read(
              from, ImagePack.HEADER + (long) image * parts * elements, parts * elements);
      for (byte[] part : read) {
        bytes.get(part);
      }
      return read;
    } catch (IOException e) {
      return null;
    }
  }

  /** Ends the pack with its index; returns whether it is in its place. */
  boolean finish(PackIndex index) {
    if (channel == null) {
      return false;
    }
    try {
      byte[] bytes = index.encode();
      byte[] hash = Sha256.digest().digest(bytes);
      ByteBuffer rest = ByteBuffer.allocate(bytes.length + Integer.BYTES + hash.length);
      rest.put(bytes).putInt(bytes.length).put(hash).flip();
      write(channel, rest, end);
      channel.force(true);
      channel.close();
      channel = null;
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      giveUp(e);
      return false;
    }
  }

  private void giveUp(IOException e) {
    close();
    log.accept(PackFolder.cannotKeep(file, Reason.of(e)));
  }

  /** Removes what is unfinished. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      log.accept(Reason.line(e, beside, "cannot be removed"));
    } finally {
      channel = null;
    }
  }
}
