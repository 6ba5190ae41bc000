package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void eachByteComesBack() {
    float[] all = new float[256];
    for (int v = 0; v < 256; v++) {
      all[v] = (float) (v / 127.5 - 1);
    }
    BufferedImage picture = ImageGrid.of(all, Shape.of(1, 1, 16, 16));
    int factor = (picture.getWidth() - 4) / 16;
    assertEquals(38, factor);
    for (int v = 0; v < 256; v++) {
      assertEquals(v * 0x010101, rgb(picture, 2 + v % 16 * factor, 2 + v / 16 * factor));
    }
  }

  @Test
  void samplesStandInReadingOrderTwoPixelsApart() {
    // Three grey samples of 1 x 2 pixels, left darker than right, in two columns.
    float[] samples = {-1, -.75f, -.5f, -.25f, .25f, .5f};
    BufferedImage picture = ImageGrid.of(samples, Shape.of(3, 1, 1, 2), 2);
    int factor = 620 / 4;
    assertEquals(2 + 2 * (2 * factor + 2), picture.getWidth());
    assertEquals(2 + 2 * (factor + 2), picture.getHeight());
    int right = 2 * factor + 4;
    int below = factor + 4;
    assertEquals(0x707070, rgb(picture, 1, 1));
    assertEquals(0x000000, rgb(picture, 2, 2));
    assertEquals(0x202020, rgb(picture, 2 + factor, 2));
    assertEquals(0x707070, rgb(picture, right - 1, 2));
    assertEquals(0x404040, rgb(picture, right, factor + 1));
    assertEquals(0x707070, rgb(picture, right, factor + 2));
    assertEquals(0x9F9F9F, rgb(picture, 2, below));
    assertEquals(0x707070, rgb(picture, right, below), "no fourth sample");
  }

  @Test
  void coloursAreRedGreenBlue() {
    BufferedImage picture = ImageGrid.of(new float[] {1, 0, -1}, Shape.of(1, 3, 1, 1));
    assertEquals(0xFF8000, rgb(picture, 2, 2));
  }

  @Test
  void whatIsNotFiniteIsMagentaAndWhatIsBeyondIsLimited() {
    float inf = Float.POSITIVE_INFINITY;
    float[] samples = {Float.NaN, inf, -inf, 3e38f, -7, 0};
    BufferedImage picture = ImageGrid.of(samples, Shape.of(1, 1, 1, 6));
    int factor = 620 / 6;
    int[] expected = {0xFF00FF, 0xFF00FF, 0xFF00FF, 0xFFFFFF, 0x000000, 0x808080};
    for (int i = 0; i < 6; i++) {
      assertEquals(expected[i], rgb(picture, 2 + i * factor, 2));
    }
    picture = ImageGrid.of(new float[] {0, 0, Float.NaN}, Shape.of(1, 3, 1, 1));
    assertEquals(0xFF00FF, rgb(picture, 2, 2), "one channel is enough");
  }

  @Test
  void theUsualGridsAreOfAViewableSize() {
    BufferedImage digits = ImageGrid.of(new float[64 * 64], Shape.of(64, 1, 8, 8));
    assertEquals(594, digits.getWidth());
    assertEquals(594, digits.getHeight());
    BufferedImage photos = ImageGrid.of(new float[16 * 3 * 256 * 256], Shape.of(16, 3, 256, 256));
    assertEquals(2 + 4 * 258, photos.getWidth());
  }

  @Test
  void refusesWhatIsNoImages() {
    assertEquals(
        "a picture needs samples of shape (N, 1 or 3, H, W), got (4, 2)",
        refused(new float[8], Shape.of(4, 2)));
    assertEquals(
        "a picture needs samples of shape (N, 1 or 3, H, W), got (1, 2, 1, 1)",
        refused(new float[2], Shape.of(1, 2, 1, 1)));
    assertEquals(
        "samples of shape (2, 1, 1, 1) have 2 values, got 3",
        refused(new float[3], Shape.of(2, 1, 1, 1)));
  }

  private static String refused(float[] samples, Shape shape) {
    return assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(samples, shape))
        .getMessage();
  }
}
