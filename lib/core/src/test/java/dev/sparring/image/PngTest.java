package dev.sparring.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
  @TempDir Path folder;

  @Test
  void theFileHoldsThePictureAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("000500.png"), "an older picture");
    BufferedImage picture = ImageGrid.of(new float[] {-1, .3f, 1}, Shape.of(1, 3, 1, 1));
    Png.write(picture, file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(picture.getWidth(), read.getWidth());
    assertEquals(0xFF00A6FF, read.getRGB(5, 5));
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Path file = folder.resolve("none").resolve("x.png");
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThrows(IOException.class, () -> Png.write(picture, file));
    Path taken = Files.createDirectories(folder.resolve("x.png").resolve("full")).getParent();
    assertThrows(IOException.class, () -> Png.write(picture, taken));
    try (var all = Files.list(folder)) {
      assertEquals(List.of(taken), all.toList());
    }
    assertTrue(Files.isDirectory(taken));
  }

  private String problem(byte[] file) {
    return String.valueOf(assertThrows(IOException.class, () -> Png.read(file)).getMessage());
  }

  @Test
  void itIsReadBack() throws IOException {
    BufferedImage picture = ImageGrid.of(new float[] {-1, .3f, 1}, Shape.of(1, 3, 1, 1));
    Path file = folder.resolve("a.png");
    Png.write(picture, file);
    BufferedImage read = Png.read(file);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        assertEquals(picture.getRGB(x, y), read.getRGB(x, y));
      }
    }
  }

  /** Whatever is cut off or changed: a picture or one line. */
  @Test
  void damagedFilesAreNotRead() throws IOException {
    BufferedImage picture = ImageGrid.of(new float[] {-1, .3f, 1}, Shape.of(1, 3, 1, 1));
    byte[] whole = Png.bytes(picture);
    assertEquals("it is no whole PNG file", problem(new byte[0]));
    assertEquals("it is no whole PNG file", problem("no picture".getBytes(UTF_8)));
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) 0x85;
      for (byte[] file : List.of(changed, Arrays.copyOf(whole, i))) {
        try {
          Png.read(file);
        } catch (IOException e) {
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
      }
    }
  }

  /** The head of a picture says its size, of which a short file may lie, or compress it well. */
  @Test
  void aPictureOfGigabytesIsNotDecoded() throws IOException {
    byte[] file = Png.bytes(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    ByteBuffer head = ByteBuffer.wrap(file);
    head.putInt(16, 30_000).putInt(20, 30_000);
    CRC32 sum = new CRC32();
    sum.update(file, 12, 17);
    head.putInt(29, (int) sum.getValue());
    assertEquals("it has 900000000 pixels; at most 67108864 are read", problem(file));
  }
}
