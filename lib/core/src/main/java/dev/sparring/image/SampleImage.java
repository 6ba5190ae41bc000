package dev.sparring.image;

import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;

/** One sample as a picture, with colours as in an {@link ImageGrid} and nothing around it. */
public final class SampleImage {
  private SampleImage() {}

  /**
   * Draws one of several samples.
   *
   * @param samples row-major
   * @param shape (N, C, H, W), C being 1 or 3
   * @param index which, from 0
   * @param factor width and height of a value in pixels; 1 for the picture's own size
   * @throws IllegalArgumentException if the shape is not of this form or does not fit the samples
   */
  public static BufferedImage of(float[] samples, Shape shape, int index, int factor) {
    check(samples, shape);
    if (factor < 1) {
      throw new IllegalArgumentException("factor must be >= 1, got " + factor);
    }
    Canvas canvas = new Canvas(shape.dim(3) * factor, shape.dim(2) * factor, 0);
    draw(canvas, 0, 0, factor, samples, shape, index);
    return canvas.picture;
  }

  static void check(float[] samples, Shape shape) {
    if (shape.rank() != 4 || (shape.dim(1) != 1 && shape.dim(1) != 3)) {
      throw new IllegalArgumentException(
          "a picture needs samples of shape (N, 1 or 3, H, W), got " + shape);
    }
    if (samples.length != shape.elements()) {
      throw new IllegalArgumentException(
          "samples of shape "
              + shape
              + " have "
              + shape.elements()
              + " values, got "
              + samples.length);
    }
  }

  static void draw(
      Canvas canvas, int left, int top, int factor, float[] samples, Shape shape, int index) {
    int width = shape.dim(3);
    int plane = shape.dim(2) * width;
    int start = index * shape.dim(1) * plane;
    int colourStep = shape.dim(1) == 3 ? plane : 0;
    for (int i = 0; i < plane; i++) {
      int rgb =
          colour(
              samples[start + i],
              samples[start + i + colourStep],
              samples[start + i + 2 * colourStep]);
      canvas.rectangle(left + i % width * factor, top + i / width * factor, factor, factor, rgb);
    }
  }

  private static int colour(float red, float green, float blue) {
    if (!Float.isFinite(red) || !Float.isFinite(green) || !Float.isFinite(blue)) {
      return Canvas.NOT_FINITE;
    }
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(float value) {
    return (int) Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
  }
}
