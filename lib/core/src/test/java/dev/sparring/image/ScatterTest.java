package dev.sparring.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ScatterTest {
  private static final float[] NONE = {};
  private static final float[] SQUARE = {-1, -1, 1, 1, -1, 1, 1, -1};

  /** How many pixels are of a hue: channel differences as in the colour. */
  private static int count(BufferedImage picture, int x0, int y0, int x1, int y1, Hue hue) {
    int count = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        int rgb = picture.getRGB(x, y);
        if (hue.is(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF)) {
          count++;
        }
      }
    }
    return count;
  }

  private interface Hue {
    boolean is(int r, int g, int b);

    Hue BLUE = (r, g, b) -> b > r + 40 && g < b;
    Hue RED = (r, g, b) -> r > g + 40 && r > b + 40;
    Hue MAGENTA = (r, g, b) -> r == 255 && g == 0 && b == 255;
    Hue GREY = (r, g, b) -> r == g && g == b && r < 250;
  }

  private static int count(BufferedImage picture, Hue hue) {
    return count(picture, 0, 0, 600, 600, hue);
  }

  @Test
  void pointsAreWhereTheyBelong() {
    // Plot area: 530 pixels from (56, 24), for [-1.25, 1.25]; up is up.
    BufferedImage picture = new Scatter(SQUARE).draw(new float[] {0.5f, 1});
    int x = 56 + (int) (530 * (0.5 / 1.25 + 1) / 2);
    int y = 24 + (int) (530 * (1 - 1 / 1.25) / 2);
    int blue = count(picture, Hue.BLUE);
    assertTrue(blue >= 9 && blue <= 30, "a point, got " + blue);
    assertEquals(blue, count(picture, x - 4, y - 4, x + 5, y + 5, Hue.BLUE));
    int cornerX = 56 + 53;
    assertTrue(count(picture, cornerX - 4, 24 + 49, cornerX + 5, 24 + 58, Hue.GREY) > 8);
    assertEquals(0, count(picture, Hue.RED));
    assertEquals(0, count(picture, Hue.MAGENTA));
  }

  @Test
  void theRangeIsTheRealPointsWhateverIsGenerated() {
    Scatter scatter = new Scatter(SQUARE);
    BufferedImage none = scatter.draw(NONE);
    BufferedImage far = scatter.draw(new float[] {1e30f, 0});
    assertEquals(0, count(none, Hue.RED));
    assertTrue(count(far, 580, 280, 600, 300, Hue.RED) > 10, "on the right edge");
    assertTrue(count(far, 56, 0, 300, 20, Hue.RED) > 20, "counted");
    assertEquals(count(none, 56, 300, 580, 586, Hue.GREY), count(far, 56, 300, 580, 586, Hue.GREY));
  }

  @Test
  void whatIsNotFiniteIsCounted() {
    float inf = Float.NEGATIVE_INFINITY;
    BufferedImage picture =
        new Scatter(new float[] {0, 0, Float.NaN, 1, 2, inf}).draw(new float[] {0, Float.NaN});
    assertTrue(count(picture, Hue.MAGENTA) > 20);
    assertEquals(0, count(picture, Hue.BLUE));
  }

  @Test
  void anyRealPointsGiveAPicture() {
    float max = Float.MAX_VALUE;
    float[][] reals = {
      NONE,
      {5, 5},
      {Float.NaN, Float.NaN},
      {-max, -max, max, max},
      {1e-30f, 0, 2e-30f, 0},
      {1e30f, 1e30f},
      {3e8f, 0, 300000032, 0}
    };
    for (float[] real : reals) {
      BufferedImage picture = new Scatter(real).draw(new float[] {5, 5});
      assertEquals(600, picture.getWidth());
      assertEquals(600, picture.getHeight());
    }
  }

  @Test
  void refusesHalfAPoint() {
    assertEquals(
        "points are (n, 2), so an even number of values, got 3",
        assertThrows(IllegalArgumentException.class, () -> new Scatter(new float[3])).getMessage());
  }
}
