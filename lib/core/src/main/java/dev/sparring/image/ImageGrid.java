package dev.sparring.image;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;

/**
 * Lays samples out in a grid, in reading order, on grey with 2 pixels between them.
 *
 * <p>Values in [-1, 1] become 0 to 255; values outside are clipped. Values that are not finite
 * become magenta. Small samples are magnified by a whole factor, pixel by pixel, so that the
 * picture is about 600 pixels wide or high.
 */
public final class ImageGrid {
  private static final int PADDING = 2;
  private static final int TARGET = 620;
  private static final int BACKGROUND = 0x707070;

  private ImageGrid() {}

  /** As {@link #of(float[], Shape, int)}, about as many columns as rows. */
  public static BufferedImage of(float[] samples, Shape shape) {
    return of(samples, shape, (int) Math.ceil(Math.sqrt(shape.dim(0))));
  }

  /**
   * Draws samples.
   *
   * @param samples row-major
   * @param shape (N, C, H, W), C being 1 or 3
   * @param columns number of samples in a row
   * @throws IllegalArgumentException if the shape is not of this form or does not fit the samples
   */
  public static BufferedImage of(float[] samples, Shape shape, int columns) {
    SampleImage.check(samples, shape);
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be >= 1, got " + columns);
    }
    int count = shape.dim(0);
    int across = Math.min(columns, count);
    int down = (count + across - 1) / across;
    int height = shape.dim(2);
    int width = shape.dim(3);
    int factor = Math.max(1, TARGET / Math.max(across * width, down * height));
    int stepX = width * factor + PADDING;
    int stepY = height * factor + PADDING;
    Canvas canvas = new Canvas(across * stepX + PADDING, down * stepY + PADDING, BACKGROUND);
    for (int n = 0; n < count; n++) {
      int left = PADDING + n % across * stepX;
      int top = PADDING + n / across * stepY;
      SampleImage.draw(canvas, left, top, factor, samples, shape, n);
    }
    return canvas.picture;
  }
}
