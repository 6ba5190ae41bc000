package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  private static BufferedImage filled(int width, int height, int type, int argb) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, argb);
      }
    }
    return image;
  }

  private static BufferedImage rgb(int width, int height, int rgb) {
    return filled(width, height, BufferedImage.TYPE_INT_RGB, rgb);
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private Path save(String name, byte[] contents) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, contents);
  }

  private Path save(String name, BufferedImage image) throws IOException {
    return save(name, encoded(image, name.endsWith("png") ? "png" : "jpeg"));
  }

  private ImageFolder images(int size) {
    return ImageFolder.imageFolder(folder.toString(), size);
  }

  private DataSet open(ImageFolder data) {
    return data.open(new Seed(1), log::add);
  }

  private String failure(ImageFolder data) {
    return assertThrows(DataException.class, () -> open(data)).getMessage();
  }

  /** The bytes of a sample. */
  private static int[] pixels(DataSet data, int index) {
    float[] values = new float[data.sampleShape().elements()];
    data.read(index, values, 0);
    int[] bytes = new int[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round((values[i] + 1) * 127.5f);
    }
    return bytes;
  }

  @Test
  void readsPlanesRowByRow() throws IOException {
    BufferedImage image = rgb(2, 2, 0x010203);
    image.setRGB(1, 0, 0x0A141E);
    image.setRGB(0, 1, 0xFFFEFD);
    save("a.png", image);
    DataSet data = open(images(2));
    assertEquals(Shape.of(3, 2, 2), data.sampleShape());
    assertArrayEquals(new int[] {1, 10, 255, 1, 2, 20, 254, 2, 3, 30, 253, 3}, pixels(data, 0));
  }

  @Test
  void theMiddleOfTheLongerSideIsKept() throws IOException {
    BufferedImage wide = new BufferedImage(6, 2, BufferedImage.TYPE_INT_RGB);
    BufferedImage high = new BufferedImage(2, 6, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 12; i++) {
      wide.setRGB(i % 6, i / 6, i);
      high.setRGB(i % 2, i / 2, i);
    }
    save("a.png", wide);
    save("b.png", high);
    DataSet data = open(images(2));
    assertArrayEquals(new int[] {2, 3, 8, 9}, Arrays.copyOfRange(pixels(data, 0), 8, 12));
    assertArrayEquals(new int[] {4, 5, 6, 7}, Arrays.copyOfRange(pixels(data, 1), 8, 12));
  }

  /**
   * torchvision begins at int(round(d / 2)), halves to even: at 2 where 3 are cut off, at 0 where
   * one is.
   */
  @Test
  void theMiddleOfAnOddRestIsThatOfTorchvision() throws IOException {
    int[] begins = {0, 0, 1, 2, 2, 2, 3, 4};
    for (int more = 0; more < begins.length; more++) {
      BufferedImage wide = new BufferedImage(2 + more, 2, BufferedImage.TYPE_INT_RGB);
      BufferedImage high = new BufferedImage(2, 2 + more, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 2 * (2 + more); i++) {
        wide.setRGB(i % (2 + more), i / (2 + more), i % (2 + more));
        high.setRGB(i % 2, i / 2, i / 2);
      }
      save("a.png", wide);
      save("b.png", high);
      DataSet data = open(images(2));
      assertEquals(begins[more], pixels(data, 0)[8], "width " + (2 + more));
      assertEquals(begins[more], pixels(data, 1)[8], "height " + (2 + more));
    }
  }

  @Test
  void shrinkingCountsEveryPixel() throws IOException {
    // Stripes of one pixel: a filter that skips pixels sees black or white, not grey.
    BufferedImage stripes = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      stripes.getRaster().setSample(i % 64, i / 64, 0, i % 2 * 255);
    }
    save("a.png", stripes);
    for (int v : pixels(open(images(8).channels(1)), 0)) {
      // At the borders the filter ends in the middle of a stripe.
      assertEquals(127.5, v, 6);
    }
  }

  @Test
  void greyKeepsItsValuesAndColourBecomesLuma() throws IOException {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100);
    save("a.png", grey);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 100 * 257);
    save("b.png", deep);
    save("c.png", rgb(1, 1, 0xFF0000));
    save("d.png", rgb(1, 1, 0x0AC81E));
    DataSet oneChannel = open(images(1).channels(1));
    assertEquals(Shape.of(1, 1, 1), oneChannel.sampleShape());
    assertArrayEquals(new int[] {100}, pixels(oneChannel, 0));
    assertArrayEquals(new int[] {100}, pixels(oneChannel, 1));
    // Pillow's convert("L") of these two.
    assertArrayEquals(new int[] {76}, pixels(oneChannel, 2));
    assertArrayEquals(new int[] {124}, pixels(oneChannel, 3));
    assertArrayEquals(new int[] {100, 100, 100}, pixels(open(images(1)), 0));
  }

  @Test
  void transparencyIsLaidOverWhite() throws IOException {
    save("a.png", filled(1, 1, BufferedImage.TYPE_INT_ARGB, 0x00123456));
    save("b.png", filled(1, 1, BufferedImage.TYPE_INT_ARGB, 0x80000000));
    save("c.png", filled(1, 1, BufferedImage.TYPE_INT_ARGB, 0xFF123456));
    DataSet data = open(images(1));
    assertArrayEquals(new int[] {255, 255, 255}, pixels(data, 0));
    assertArrayEquals(new int[] {127, 127, 127}, pixels(data, 1));
    assertArrayEquals(new int[] {0x12, 0x34, 0x56}, pixels(data, 2));
    assertEquals(
        List.of(
            folder + ": 2 images, e.g. a.png, have transparent pixels, which are put over white"),
        log);
    log.clear();
    Files.delete(folder.resolve("a.png"));
    Files.delete(folder.resolve("b.png"));
    open(images(2));
    assertEquals(List.of(), log);
  }

  @Test
  void palettesAndJpegsAreRead() throws IOException {
    save("a.png", filled(1, 1, BufferedImage.TYPE_BYTE_BINARY, 0xFFFFFFFF));
    save("b.jpeg", rgb(16, 16, 0x804020));
    save("c.JPG", encoded(rgb(16, 16, 0x204080), "jpeg"));
    DataSet data = open(images(1));
    assertArrayEquals(new int[] {255, 255, 255}, pixels(data, 0));
    int[] jpeg = pixels(data, 1);
    assertEquals(0x80, jpeg[0], 3);
    assertEquals(0x40, jpeg[1], 3);
    assertEquals(0x20, jpeg[2], 3);
    assertEquals(0x80, pixels(data, 2)[2], 3);
  }

  @Test
  void filesAreInOrderAndTopSubFoldersAreLabels() throws IOException {
    save("cat/z/2.png", rgb(1, 1, 2));
    save("cat/1.png", rgb(1, 1, 1));
    save("ant/9.png", rgb(1, 1, 9));
    save("dog/.hidden.png", new byte[] {1});
    save(".thumbs/x.png", new byte[] {1});
    save("dog/5.png", rgb(1, 1, 5));
    save("dog/notes.txt", new byte[] {1});
    DataSet data = open(images(1));
    int[] blue = new int[4];
    int[] labels = new int[4];
    for (int i = 0; i < 4; i++) {
      blue[i] = pixels(data, i)[2];
      labels[i] = data.label(i).getAsInt();
    }
    assertEquals(4, data.size());
    assertArrayEquals(new int[] {9, 1, 2, 5}, blue);
    assertArrayEquals(new int[] {0, 1, 1, 2}, labels);
    assertEquals(
        List.of(folder + ": left out 1 files that are not .png, .jpg or .jpeg, e.g. dog/notes.txt"),
        log);

    save("top.png", rgb(1, 1, 7));
    assertTrue(open(images(1)).label(0).isEmpty());
    assertEquals(1, open(images(1).recursive(false)).size());
  }

  @Test
  void brokenImagesStopOrAreSkipped() throws IOException {
    byte[] png = encoded(rgb(40, 40, 0x123456), "png");
    byte[] jpeg = encoded(rgb(40, 40, 0x123456), "jpeg");
    Path half = save("a/half.png", Arrays.copyOf(png, png.length - 30));
    Path text = save("b/text.png", new byte[] {1, 2, 3});
    Path none = save("c/none.jpg", new byte[0]);
    Path cut = save("d/cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 30));
    save("e/good.png", png);
    String message = failure(images(8));
    assertTrue(message.startsWith(half + ": is damaged: "), message);
    assertTrue(message.endsWith(" (onBroken: skip would leave it out)"), message);

    DataSet rest = open(images(8).onBroken(BrokenImages.SKIP));
    assertEquals(1, rest.size());
    assertEquals(4, rest.label(0).getAsInt(), "classes are not renumbered");
    assertEquals(4, log.size());
    assertTrue(log.get(0).startsWith("skipped " + half + ": is damaged: "), log.get(0));
    assertEquals("skipped " + text + ": is neither PNG nor JPEG inside", log.get(1));
    assertEquals("skipped " + none + ": is empty", log.get(2));
    assertTrue(log.get(3).startsWith("skipped " + cut + ": is damaged: "), log.get(3));

    Files.delete(folder.resolve("e/good.png"));
    assertEquals(
        folder + ": each of its 4 images is broken",
        failure(images(8).onBroken(BrokenImages.SKIP)));
  }

  @Test
  void emptyAndMissingFoldersAreNamed() throws IOException {
    assertEquals(folder + ": has no .png, .jpg or .jpeg file in or below it", failure(images(8)));
    save("sub/a.png", rgb(1, 1, 1));
    assertEquals(
        folder + ": has no .png, .jpg or .jpeg file (recursive: true would search its sub-folders)",
        failure(images(8).recursive(false)));
    Path none = folder.resolve("none");
    assertEquals(none + ": no such folder", failure(ImageFolder.imageFolder(none.toString(), 8)));
  }

  @Test
  void severalChunksStayInOrder() throws IOException {
    for (int i = 0; i < 600; i++) {
      save(String.format("%04d.png", i), rgb(1, 1, i));
    }
    DataSet data = open(images(1));
    assertEquals(600, data.size());
    for (int i = 0; i < 600; i++) {
      int[] pixel = pixels(data, i);
      assertEquals(i, pixel[1] << 8 | pixel[2]);
    }
    assertEquals(data.fingerprint(), open(images(1)).fingerprint());
  }
}
