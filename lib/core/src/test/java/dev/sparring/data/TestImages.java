package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Folders of images for tests. */
final class TestImages {
  private TestImages() {}

  /** Limits for bytes of images in memory, by which every folder is worth a pack. */
  static FolderLimits memory(long bytes) {
    return new FolderLimits(bytes, bytes, 1, 1);
  }

  static byte[] encoded(long seed, int width, int height, String format) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt() & 0xFFFFFF);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  /** Images of two classes, some of the size that is read and some of others. */
  static void save(Path folder, int count) throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(folder.resolve("b"));
    for (int i = 0; i < count; i++) {
      boolean isPng = i % 3 != 1;
      String name = String.format("%s/%04d.%s", i % 2 == 0 ? "a" : "b", i, isPng ? "png" : "jpg");
      int width = i % 4 == 0 ? 8 : 9 + i % 5;
      int height = i % 4 == 0 ? 8 : 8 + i % 3;
      Files.write(folder.resolve(name), encoded(i, width, height, isPng ? "png" : "jpeg"));
    }
  }

  /** Many files of few images of 64 x 64 pixels. */
  static void copies(Path folder, int count) throws IOException {
    byte[][] some = new byte[7][];
    for (int i = 0; i < some.length; i++) {
      some[i] = encoded(i, 64, 64, "jpeg");
    }
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(i + ".jpg"), some[i % some.length]);
    }
  }
}
