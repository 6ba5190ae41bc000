package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of input shapes, in the words that a user reads. */
final class Shapes {
  private Shapes() {}

  static void needImage(Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "needs images (C, H, W), got "
              + input
              + (input.rank() == 1 ? "; put a reshape to (C, H, W) before it" : ""));
    }
  }

  static void needFeatures(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "needs features (F), got " + input + "; put a flatten before it");
    }
  }

  /** What divides channels into parts has to divide their number. */
  static void needDivisor(String name, int parts, Shape input) {
    if (input.dim(0) % parts != 0) {
      throw new IllegalArgumentException(
          "needs a multiple of "
              + name
              + ", "
              + parts
              + ", as "
              + (input.rank() == 1 ? "features" : "channels")
              + ", got "
              + input);
    }
  }

  /** The same shape with another number of channels or features. */
  static Shape channels(int channels, Shape input) {
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(0, channels);
    return new Shape(dims);
  }

  static Shape image(int channels, int height, int width, Shape input) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "does not fit inside "
              + input
              + ": its output would be "
              + height
              + " x "
              + width
              + "; use a smaller kernel or stride, or more padding");
    }
    return Shape.of(channels, height, width);
  }

  static Shape pooled(Shape input, int kernel, int stride) {
    needImage(input);
    return image(
        input.dim(0),
        Math.floorDiv(input.dim(1) - kernel, stride) + 1,
        Math.floorDiv(input.dim(2) - kernel, stride) + 1,
        input);
  }

  /** The padding that a recipe names, else the one with which strides divide or multiply sizes. */
  static int padding(@Nullable Integer named, int kernel, int stride) {
    return named != null ? named : Math.max(0, (kernel - stride + 1) / 2);
  }

  static String summary(String word, int filters, int kernel, int stride, int padding) {
    String size = word + " " + filters + " " + kernel + "x" + kernel;
    return size + (stride > 1 ? " stride " + stride : "") + (padding > 0 ? " pad " + padding : "");
  }
}
