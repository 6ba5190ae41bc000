package dev.sparring.data;

import java.awt.image.Raster;

/**
 * Rows of a JPEG of four inks, as red, green and blue: inks are stored inverted, as Adobe does and
 * Pillow supposes of every such file, and each colour is what its ink and black let through.
 */
final class CmykRows implements PixelRows {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);

  private final Raster raster;
  private final boolean isYcck;
  private final int[] samples;

  /**
   * Rows of a raster.
   *
   * @param raster cyan, magenta, yellow and black, or luma, two chromas and black
   * @param isYcck whether it is the latter
   */
  CmykRows(Raster raster, boolean isYcck) {
    this.raster = raster;
    this.isYcck = isYcck;
    samples = new int[4 * raster.getWidth()];
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void row(int y, int[] argb) {
    raster.getPixels(0, y, width(), 1, samples);
    for (int x = 0; x < width(); x++) {
      int at = 4 * x;
      int first = samples[at];
      int second = samples[at + 1];
      int third = samples[at + 2];
      if (isYcck) {
        int blueness = second - 128;
        int redness = third - 128;
        third = 255 - clip(first + scaled(fixed(1.772) * blueness));
        second =
            255
                - clip(
                    first + scaled(-fixed(0.344136286) * blueness - fixed(0.714136286) * redness));
        first = 255 - clip(first + scaled(fixed(1.402) * redness));
      }
      int white = samples[at + 3];
      argb[x] =
          0xFF << 24
              | through(first, white) << 16
              | through(second, white) << 8
              | through(third, white);
    }
  }

  /** A product in fixed point, rounded. */
  private static int scaled(int product) {
    return (product + HALF) >> BITS;
  }

  /** Fixed point, as in libjpeg. */
  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** What is left of white under an inverted ink. */
  private static int through(int inverted, int white) {
    int product = (255 - inverted) * white + 128;
    return clip(white - (((product >> 8) + product) >> 8));
  }
}
