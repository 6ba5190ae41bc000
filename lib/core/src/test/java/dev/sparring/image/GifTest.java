package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GifTest {
  @TempDir Path folder;

  @Test
  void greyPicturesAreExact() throws IOException {
    // All 256 levels, in another order in each picture.
    List<BufferedImage> frames = List.of(grey(1), grey(3), grey(7));
    List<BufferedImage> read = written(frames, 80);
    assertEquals(3, read.size());
    for (int i = 0; i < 3; i++) {
      assertPixels(frames.get(i), read.get(i), 0);
    }
  }

  @Test
  void picturesOfFewColoursAreExact() throws IOException {
    float[] samples = {-1, .3f, 1, 1, -1, .2f, Float.NaN, 0, 0, .1f, .1f, -1};
    Shape shape = Shape.of(2, 3, 1, 2);
    List<BufferedImage> frames =
        List.of(SampleImage.of(samples, shape, 0, 9), SampleImage.of(samples, shape, 1, 9));
    List<BufferedImage> read = written(frames, 80);
    assertPixels(frames.get(0), read.get(0), 0);
    assertPixels(frames.get(1), read.get(1), 0);
  }

  @Test
  void manyColoursAreQuantisedEachPictureByItself() throws IOException {
    List<BufferedImage> frames = List.of(colours(0), colours(200));
    List<BufferedImage> read = written(frames, 80);
    assertPixels(frames.get(0), read.get(0), 40);
    assertPixels(frames.get(1), read.get(1), 40);
  }

  /** The graphic control extension of each picture, and Netscape's extension for the loop. */
  @Test
  void itIsPlayedWithTheDelayAndWithoutEnd() throws IOException {
    Path file = folder.resolve("a.gif");
    Gif.write(List.of(grey(1), grey(3)), 120, file);
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(text.startsWith("GIF89a"));
    assertTrue(text.contains("!\u00FF\u000BNETSCAPE2.0\u0003\u0001\u0000\u0000\u0000"));
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      for (int i = 0; i < 2; i++) {
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        assertEquals("12", control.getAttribute("delayTime"));
      }
    }
  }

  @Test
  void wrongAnimationsAreRefused() throws IOException {
    refused("an animation needs a picture", List.of(), 80);
    refused(
        "the pictures of an animation must be of one size",
        List.of(grey(1), new BufferedImage(16, 15, BufferedImage.TYPE_INT_RGB)),
        80);
    for (int delay : new int[] {10, 85, 60_010}) {
      refused(
          "delay must be a multiple of 10 milliseconds from 20 to 60000, got " + delay,
          List.of(grey(1)),
          delay);
    }
    try (var all = Files.list(folder)) {
      assertEquals(List.of(), all.toList());
    }
  }

  private void refused(String message, List<BufferedImage> frames, int delay) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> Gif.write(frames, delay, folder.resolve("x.gif")))
            .getMessage());
  }

  private List<BufferedImage> written(List<BufferedImage> frames, int delay) throws IOException {
    Path file = Files.writeString(folder.resolve("a.gif"), "an older file");
    Gif.write(frames, delay, file);
    List<BufferedImage> read = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        read.add(reader.read(i));
      }
    }
    return read;
  }

  private static BufferedImage grey(int step) {
    float[] levels = new float[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = i * step % 256 / 127.5f - 1;
    }
    BufferedImage picture = SampleImage.of(levels, Shape.of(1, 1, 16, 16), 0, 1);
    assertEquals(256, Arrays.stream(pixels(picture)).distinct().count());
    return picture;
  }

  private static BufferedImage colours(int blue) {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        picture.setRGB(x, y, ((4 * x) << 16) | ((4 * y) << 8) | blue);
      }
    }
    return picture;
  }

  private static void assertPixels(BufferedImage expected, BufferedImage actual, int close) {
    int[] a = pixels(expected);
    int[] b = pixels(actual);
    assertEquals(a.length, b.length);
    for (int i = 0; i < a.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        assertEquals(a[i] >> shift & 0xFF, b[i] >> shift & 0xFF, close, "pixel " + i);
      }
    }
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }
}
