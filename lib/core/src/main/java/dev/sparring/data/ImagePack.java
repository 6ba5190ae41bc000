package dev.sparring.data;

import dev.sparring.file.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Decoded images of a folder in one file, read through the operating system's page cache: they take
 * none of Java's memory.
 *
 * <p>The file has, big-endian, {@code SPARIMGS} and the format (int); the images, the parts of each
 * one after the other, as bytes; the index ({@link PackIndex}); the length of the index (int), and
 * the SHA-256 of it. Each image has a checksum in the index, which its reader compares.
 *
 * <p>Packs are replaced and removed while others read them, and never changed in place. If another
 * program cuts one, Java may report that as an {@link InternalError}, and not where it is read.
 */
final class ImagePack {
  static final byte[] MAGIC = "SPARIMGS".getBytes(StandardCharsets.US_ASCII);

  /** Increased whenever the same file would be decoded to other bytes or get other notes, too. */
  static final int FORMAT = 2;

  static final int HEADER = 12;
  static final int HASH = 32;
  private static final int FOOTER = Integer.BYTES + HASH;

  /** A mapping has at most 2 GB. */
  private static final long SEGMENT = 1L << 30;

  private final Path file;
  private final PackIndex index;
  private final int perSegment;
  private final List<MappedByteBuffer> segments;

  private ImagePack(Path file, PackIndex index, int perSegment, List<MappedByteBuffer> segments) {
    this.file = file;
    this.index = index;
    this.perSegment = perSegment;
    this.segments = segments;
  }

  /**
   * Opens a pack.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it is damaged or cannot be read
   */
  static ImagePack open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("is no regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < HEADER + FOOTER) {
        throw new IOException("has only " + size + " bytes");
      }
      ByteBuffer header = read(channel, 0, HEADER);
      ByteBuffer footer = read(channel, size - FOOTER, FOOTER);
      int length = footer.getInt();
      byte[] hash = new byte[HASH];
      footer.get(hash);
      if (!header.equals(header()) || length < 0 || length > size - HEADER - FOOTER) {
        throw new IOException("is no pack of images of this version");
      }
      byte[] bytes = read(channel, size - FOOTER - length, length).array();
      if (!Arrays.equals(Sha256.digest().digest(bytes), hash)) {
        throw new IOException("does not have the checksum that it names");
      }
      PackIndex index = PackIndex.decode(bytes);
      long images = size - HEADER - FOOTER - length;
      if (index.elements() < 1 || images != Heap.product(index.size(), index.each())) {
        throw new IOException("does not have the images that its index names");
      }
      int perSegment = (int) Math.max(1, Math.min(SEGMENT / index.each(), Integer.MAX_VALUE));
      List<MappedByteBuffer> segments = new ArrayList<>();
      for (long first = 0; first < index.size(); first += perSegment) {
        long count = Math.min(perSegment, index.size() - first);
        segments.add(
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                HEADER + first * index.each(),
                count * index.each()));
      }
      return new ImagePack(file, index, perSegment, segments);
    }
  }

  static ByteBuffer header() {
    return ByteBuffer.allocate(HEADER).put(MAGIC).putInt(FORMAT).flip();
  }

  static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("ends too early");
      }
    }
    return bytes.flip();
  }

  /** The checksum of an image. */
  static int sum(byte[] image) {
    CRC32C sum = new CRC32C();
    sum.update(image);
    return (int) sum.getValue();
  }

  Path file() {
    return file;
  }

  PackIndex index() {
    return index;
  }

  /**
   * One part of an image.
   *
   * @throws IOException if its checksum is wrong, or the file has become shorter
   */
  byte[] read(int image, int part) throws IOException {
    byte[] bytes = new byte[index.elements()];
    MappedByteBuffer segment = segments.get(image / perSegment);
    long at = (long) (image % perSegment) * index.each() + (long) part * index.elements();
    try {
      segment.get((int) at, bytes);
    } catch (InternalError e) {
      // What Java makes of the operating system's answer.
      throw new IOException("ends too early", e);
    }
    if (sum(bytes) != index.sums()[part][image]) {
      throw new IOException("does not have the checksum that it names for image " + image);
    }
    return bytes;
  }
}
