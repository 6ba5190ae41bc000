package dev.sparring.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG files. */
public final class Png {
  private Png() {}

  /**
   * Writes a picture, replacing the file if there is one. The file appears whole or not at all.
   *
   * @param file in a folder that exists
   * @throws IOException if the folder cannot be written to
   */
  public static void write(BufferedImage picture, Path file) throws IOException {
    // Not createTempFile: its files are for the owner's eyes only, and so would the picture be.
    Path part =
        file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          MemoryCacheImageOutputStream buffered = new MemoryCacheImageOutputStream(out)) {
        if (!ImageIO.write(picture, "png", buffered)) {
          throw new IOException(
              file + ": no PNG writer for a picture of type " + picture.getType());
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
