package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
