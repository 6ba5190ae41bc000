package dev.sparring.image;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.RegularFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files. */
public final class Png {
  private static final long MOST_PIXELS = 1L << 26;

  private Png() {}

  /**
   * Writes a picture, replacing the file if there is one. The file is written atomically.
   *
   * @param file in a folder that exists
   * @throws IOException if the folder cannot be written to
   */
  public static void write(BufferedImage picture, Path file) throws IOException {
    AtomicFile.write(file, out -> write(picture, out));
  }

  /** The bytes that {@link #write} writes. */
  public static byte[] bytes(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(picture, bytes);
    return bytes.toByteArray();
  }

  /**
   * Reads a picture of a run.
   *
   * @throws IOException if it is missing, no file, no PNG, damaged, or has more than 2^26 pixels
   */
  public static BufferedImage read(Path file) throws IOException {
    return read(RegularFile.bytes(file, Integer.MAX_VALUE - 8));
  }

  /** The same of a file's bytes. */
  public static BufferedImage read(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try {
      // Without metadata, which may be a hundred times as large unpacked.
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
      // A hundred kilobytes of PNG may be a picture of gigabytes.
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new IOException("it has " + pixels + " pixels; at most " + MOST_PIXELS + " are read");
      }
      return reader.read(0);
    } catch (IIOException | EOFException | RuntimeException e) {
      // Java's reader throws exceptions such as IndexOutOfBoundsException for damaged files.
      throw new IOException("it is no whole PNG file", e);
    } finally {
      reader.dispose();
    }
  }

  private static void write(BufferedImage picture, OutputStream out) throws IOException {
    try (MemoryCacheImageOutputStream buffered = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(picture, "png", buffered)) {
        throw new IOException("no PNG writer for a picture of type " + picture.getType());
      }
    }
  }
}
