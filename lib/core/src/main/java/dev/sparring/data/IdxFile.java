package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the IDX format of MNIST (Y. LeCun, "The MNIST database"): two zero bytes, a type, the
 * number of dimensions, their extents as big-endian integers, the values. Plain or packed with
 * gzip, which is recognized by the first bytes, not by the name.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(0x09, "signed bytes", 0x0B, "shorts", 0x0C, "ints", 0x0D, "floats", 0x0E, "doubles");

  /** How much a gzip stream can grow: deflate writes at least a bit for 258 bytes twice. */
  private static final long GZIP_RATIO = 1032;

  private final InputFile path;

  IdxFile(InputFile path) {
    this.path = path;
  }

  /** Images of equal size, one array each. */
  static final class Images {
    final int height;
    final int width;
    final byte[][] pixels;

    private Images(int height, int width, byte[][] pixels) {
      this.height = height;
      this.width = width;
      this.pixels = pixels;
    }
  }

  /** Number, height and width of images, read from the header only. */
  int[] imageHeader() {
    return reading(in -> header(in, 3, "(images, rows, columns)"));
  }

  /** All images. */
  Images images() {
    return reading(
        in -> {
          int[] dims = header(in, 3, "(images, rows, columns)");
          int each = Math.multiplyExact(dims[1], dims[2]);
          requireRoom(" images of " + dims[1] + " x " + dims[2], dims[0], each, Heap.ARRAY);
          // The list grows as images are read, so that a damaged count does not allocate memory.
          List<byte[]> pixels = new ArrayList<>();
          for (int i = 0; i < dims[0]; i++) {
            byte[] image = in.readNBytes(each);
            if (image.length < each) {
              throw truncated("after " + i + " of " + dims[0] + " images");
            }
            pixels.add(image);
          }
          end(in, dims[0] + " images");
          return new Images(dims[1], dims[2], pixels.toArray(byte[][]::new));
        });
  }

  /** All labels. */
  int[] labels() {
    return reading(
        in -> {
          int count = header(in, 1, "(labels)")[0];
          requireRoom(" labels", count, 1, Integer.BYTES);
          byte[] bytes = in.readNBytes(count);
          if (bytes.length < count) {
            throw truncated("after " + bytes.length + " of " + count + " labels");
          }
          end(in, count + " labels");
          int[] labels = new int[count];
          for (int i = 0; i < count; i++) {
            labels[i] = bytes[i] & 0xFF;
          }
          return labels;
        });
  }

  /**
   * Refuses what does not fit into memory before it is read. A count that the file cannot hold is
   * left to the reading, which says where the file ends.
   */
  private void requireRoom(String what, int count, int bytes, int beside) throws IOException {
    if (Heap.product(count, bytes) <= Heap.product(path.size(), GZIP_RATIO)) {
      Heap.require(path, count + what, Heap.product(count, bytes + (long) beside), "");
    }
  }

  private int[] header(InputStream in, int rank, String meaning) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4) {
      throw truncated("within the header");
    }
    if (magic[0] != 0 || magic[1] != 0) {
      throw new DataException(
          String.format(
              "%s: not an IDX file: starts with 0x%08X, expected 0x0000%02X%02X",
              path, ByteBuffer.wrap(magic).getInt(), UNSIGNED_BYTES, rank));
    }
    if (magic[2] != UNSIGNED_BYTES) {
      String type =
          OTHER_TYPES.getOrDefault((int) magic[2], String.format("type 0x%02X", magic[2]));
      throw new DataException(path + ": holds " + type + ", expected unsigned bytes");
    }
    if (magic[3] != rank) {
      throw new DataException(
          path + ": has " + magic[3] + " dimensions, expected " + rank + " " + meaning);
    }
    int[] dims = new int[rank];
    long sample = 1;
    for (int i = 0; i < rank; i++) {
      byte[] extent = in.readNBytes(4);
      if (extent.length < 4) {
        throw truncated("within the header");
      }
      dims[i] = ByteBuffer.wrap(extent).getInt();
      if (dims[i] < 1 || (i > 0 && (sample *= dims[i]) > Integer.MAX_VALUE - 8)) {
        throw new DataException(
            path
                + ": dimension "
                + i
                + " is "
                + Integer.toUnsignedString(dims[i])
                + ", which cannot be right");
      }
    }
    return dims;
  }

  private void end(InputStream in, String expected) throws IOException {
    if (in.read() != -1) {
      throw new DataException(path + ": goes on after the " + expected + " of its header");
    }
  }

  private DataException truncated(String where) {
    return new DataException(path + ": truncated: ends " + where);
  }

  private interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private <T> T reading(Reading<T> reading) {
    try (InputStream in = unpacked(path.open())) {
      return reading.from(in);
    } catch (EOFException e) {
      throw new DataException(path + ": truncated: the gzip stream does not end", e);
    } catch (ZipException e) {
      throw new DataException(path + ": damaged gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + Reason.of(e), e);
    }
  }

  /** The stream, unpacked if it is a gzip stream. */
  static InputStream unpacked(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
