package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.image.LabelledPictures.Labelled;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledPicturesTest {
  private static Labelled labelled(int width, int height, int rgb, String... lines) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(width - 1, height - 1, rgb);
    return new Labelled(picture, List.of(lines));
  }

  private static long ink(BufferedImage picture, int left, int right, int bottom) {
    return IntStream.range(0, bottom)
        .mapToLong(
            y ->
                IntStream.range(left, right)
                    .filter(x -> (picture.getRGB(x, y) & 0xFFFFFF) == 0x1C2024)
                    .count())
        .sum();
  }

  @Test
  void smallPicturesAreEnlargedUnderTheirLabels() {
    BufferedImage all =
        LabelledPictures.sideBySide(
            List.of(
                labelled(32, 16, 0xFF0000, "a/seed-1", "step 10"),
                labelled(256, 128, 0x00FF00, "b", "step 10")));
    assertEquals(8 + 2 * (256 + 8), all.getWidth());
    int top = all.getHeight() - 8 - 128;
    // The last pixel of the first picture is a square of eight.
    assertEquals(0xFF0000, all.getRGB(8 + 248, top + 120) & 0xFFFFFF);
    assertEquals(0xFF0000, all.getRGB(8 + 255, top + 127) & 0xFFFFFF);
    assertEquals(0, all.getRGB(8 + 247, top + 120) & 0xFFFFFF);
    assertEquals(0x00FF00, all.getRGB(8 + 264 + 255, top + 127) & 0xFFFFFF);
    assertTrue(ink(all, 8, 264, top) > ink(all, 272, 528, top));
  }

  @Test
  void aLongLabelKeepsItsEndAndItsPlace() {
    String end = "seed-1";
    BufferedImage all =
        LabelledPictures.sideBySide(
            List.of(labelled(8, 8, 0, "x".repeat(500) + end), labelled(8, 8, 0, "")));
    assertEquals(0, ink(all, 264, all.getWidth(), 16));
    BufferedImage other =
        LabelledPictures.sideBySide(
            List.of(labelled(8, 8, 0, "x".repeat(900) + end), labelled(8, 8, 0, "")));
    assertEquals(ink(all, 8, 264, 16), ink(other, 8, 264, 16));
    assertTrue(ink(all, 200, 264, 16) > 0);
  }

  @Test
  void lettersThatCannotBeDrawnAreQuestionMarks() {
    assertEquals("run? a_1", Canvas.drawable("Run\u00e9 A_1"));
    assertEquals("?", Canvas.drawable("\ud83d\ude00"));
  }

  @Test
  void manyComeInRows() {
    BufferedImage all =
        LabelledPictures.sideBySide(Collections.nCopies(5, labelled(256, 10, 0, "a")));
    assertEquals(8 + 3 * 264, all.getWidth());
    assertThrows(IllegalArgumentException.class, () -> LabelledPictures.sideBySide(List.of()));
  }
}
