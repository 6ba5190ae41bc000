package dev.sparring.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG file (ISO/IEC 15948). Only the chunks that hold pixels reach Java's reader, so that no
 * gamma and no colour profile can change them; checksums of these chunks are checked, which Java's
 * reader does not do.
 *
 * @param channels numbers a pixel, alpha included
 * @param bits of a number
 */
record PngFile(int width, int height, int channels, int bits) implements EncodedImage {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /** How much deflate can make of a byte. */
  private static final long DEFLATE_RATIO = 1032;

  private static final List<String> KEPT = List.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  static boolean isPng(byte[] start) {
    return start.length > 1 && start[0] == SIGNATURE[0] && start[1] == SIGNATURE[1];
  }

  /** Reads all before the pixels. */
  static PngFile header(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (!Arrays.equals(in.readNBytes(8), SIGNATURE)) {
      throw damaged("its signature is wrong, as after a transfer as text");
    }
    byte[] bytes = in.readNBytes(25);
    ByteBuffer head = ByteBuffer.wrap(bytes);
    if (head.limit() < 25 || head.getInt(0) != 13 || !type(bytes, 4).equals("IHDR")) {
      throw damaged("its header is missing");
    }
    int width = head.getInt(8);
    int height = head.getInt(12);
    int bits = head.get(16);
    int colour = head.get(17);
    List<Integer> allowed =
        switch (colour) {
          case 0 -> List.of(1, 2, 4, 8, 16);
          case 3 -> List.of(1, 2, 4, 8);
          case 2, 4, 6 -> List.of(8, 16);
          default -> List.of();
        };
    if (width < 1 || height < 1 || !allowed.contains(bits)) {
      throw damaged(
          "its header claims "
              + Integer.toUnsignedString(width)
              + " x "
              + Integer.toUnsignedString(height)
              + " pixels of "
              + bits
              + " bits in colour type "
              + colour);
    }
    int channels = colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1;
    boolean isKeyed = (colour == 0 || colour == 2) && hasKey(in);
    return isKeyed
        ? new PngFile(width, height, channels + 1, Math.max(8, bits))
        : new PngFile(width, height, channels, bits);
  }

  /** Whether a colour is transparent. */
  private static boolean hasKey(DataInputStream in) throws IOException {
    while (true) {
      byte[] start = in.readNBytes(8);
      if (start.length < 8) {
        return false;
      }
      String type = type(start, 4);
      if (type.equals("tRNS") || type.equals("IDAT")) {
        return type.equals("tRNS");
      }
      long rest = (ByteBuffer.wrap(start).getInt() & 0xFFFF_FFFFL) + 4;
      while (rest > 0) {
        long skipped = in.skip(rest);
        if (skipped < 1 && in.read() < 0) {
          return false;
        }
        rest -= Math.max(1, skipped);
      }
    }
  }

  private static String type(byte[] chunk, int at) {
    return new String(chunk, at, 4, StandardCharsets.ISO_8859_1);
  }

  private static IOException damaged(String how) {
    return new IOException("is damaged: " + how);
  }

  @Override
  public long bytesInHeap() {
    return height * ((long) width * channels * bits / 8 + 1);
  }

  @Override
  public long bytesBeyond() {
    return 0;
  }

  @Override
  public PixelRows read(InputFile file, Set<ImageNote> notes) throws IOException {
    byte[] pixels;
    try (InputStream in = file.open()) {
      pixels = pixelChunks(in.readAllBytes(), (long) width * height / 8, notes);
    }
    BufferedImage image = decoded(pixels);
    if (image.getColorModel() instanceof IndexColorModel padded) {
      int colours = colours(pixels);
      if (colours < padded.getMapSize()) {
        checkColours(image.getRaster(), colours);
      }
    }
    return PixelRows.of(image);
  }

  private static BufferedImage decoded(byte[] pixels) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try {
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(pixels)), true, false);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // Java's reader throws exceptions such as IndexOutOfBoundsException for damaged files.
      throw new IOException("is damaged: " + Damage.reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  /** The size of the palette; as many as there can be if the file has none. */
  private static int colours(byte[] chunks) {
    for (int at = SIGNATURE.length; at < chunks.length; ) {
      int length = ByteBuffer.wrap(chunks).getInt(at);
      if (type(chunks, at + 4).equals("PLTE")) {
        return length / 3;
      }
      at += length + 12;
    }
    return Integer.MAX_VALUE;
  }

  /** Java's reader pads a palette with black. */
  private static void checkColours(Raster raster, int colours) throws IOException {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, row.length, 1, row);
      for (int x = 0; x < row.length; x++) {
        if (row[x] >= colours) {
          throw damaged(
              "its pixel at "
                  + x
                  + ", "
                  + y
                  + " has colour "
                  + row[x]
                  + " of a palette of "
                  + colours);
        }
      }
    }
  }

  /**
   * The file without what is not about pixels.
   *
   * @param fewest bytes that the pixels take at least, unpacked
   */
  private static byte[] pixelChunks(byte[] file, long fewest, Set<ImageNote> notes)
      throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length + 12);
    kept.write(SIGNATURE);
    int at = SIGNATURE.length;
    boolean hasEnd = false;
    boolean hasPixels = false;
    while (!hasEnd && file.length - at >= 12) {
      long length = ByteBuffer.wrap(file).getInt(at) & 0xFFFF_FFFFL;
      String type = type(file, at + 4);
      if (length > file.length - at - 12) {
        throw damaged("it ends within its chunk " + shown(type));
      }
      int whole = (int) length + 12;
      boolean isCritical = (file[at + 4] & 0x20) == 0;
      if (KEPT.contains(type)) {
        checkSum(file, at, (int) length, type);
        kept.write(file, at, whole);
        hasEnd = type.equals("IEND");
        hasPixels |= type.equals("IDAT");
      } else if (isCritical) {
        throw damaged("it has an unknown chunk " + shown(type));
      } else if (type.equals("eXIf")
          && ExifOrientation.isTurned(Arrays.copyOfRange(file, at + 8, at + 8 + (int) length))) {
        notes.add(ImageNote.ORIENTED);
      }
      at += whole;
    }
    if (hasPixels && kept.size() * DEFLATE_RATIO < fewest) {
      throw damaged("it has too few bytes for the pixels that its header claims");
    }
    if (!hasPixels || (!hasEnd && at < file.length)) {
      throw damaged(hasPixels ? "it ends within a chunk" : "it ends before its pixels");
    }
    if (!hasEnd) {
      notes.add(ImageNote.NO_END);
      kept.write(new byte[] {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82});
    }
    return kept.toByteArray();
  }

  private static void checkSum(byte[] file, int at, int length, String type) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(file, at + 4, length + 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
      throw damaged("the checksum of its chunk " + type + " is wrong");
    }
  }

  /** A type of a chunk, where it may be any four bytes. */
  private static String shown(String type) {
    return type.matches("[A-Za-z]{4}") ? type : "of unreadable type";
  }
}
