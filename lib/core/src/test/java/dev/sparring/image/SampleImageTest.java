package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class SampleImageTest {
  @Test
  void oneSampleHasItsPixelsAndNothingAround() {
    // The second of two samples, of 1 x 2 pixels in three colours.
    float[] samples = {0, 0, 0, 0, 0, 0, -1, 1, .3f, -1, 1, 2};
    BufferedImage picture = SampleImage.of(samples, Shape.of(2, 3, 1, 2), 1, 1);
    assertEquals(2, picture.getWidth());
    assertEquals(1, picture.getHeight());
    assertEquals(0xFF00A6FF, picture.getRGB(0, 0));
    assertEquals(0xFFFF00FF, picture.getRGB(1, 0));
  }

  @Test
  void aFactorMagnifies() {
    BufferedImage picture = SampleImage.of(new float[] {-1, 1}, Shape.of(1, 1, 2, 1), 0, 3);
    assertEquals(3, picture.getWidth());
    assertEquals(6, picture.getHeight());
    assertEquals(0xFF000000, picture.getRGB(2, 2));
    assertEquals(0xFFFFFFFF, picture.getRGB(2, 3));
  }

  @Test
  void otherShapesAreRefused() {
    assertEquals(
        "a picture needs samples of shape (N, 1 or 3, H, W), got (1, 2, 1, 1)",
        assertThrows(
                IllegalArgumentException.class,
                () -> SampleImage.of(new float[2], Shape.of(1, 2, 1, 1), 0, 1))
            .getMessage());
  }
}
