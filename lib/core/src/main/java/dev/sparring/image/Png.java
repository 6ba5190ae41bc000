package dev.sparring.image;

import dev.sparring.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files. */
public final class Png {
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

  private static void write(BufferedImage picture, OutputStream out) throws IOException {
    try (MemoryCacheImageOutputStream buffered = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(picture, "png", buffered)) {
        throw new IOException("no PNG writer for a picture of type " + picture.getType());
      }
    }
  }
}
