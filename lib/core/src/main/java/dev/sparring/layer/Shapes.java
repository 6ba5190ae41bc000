package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of input shapes, with messages for users. */
public final class Shapes {
  private Shapes() {}

  /**
   * Lets images pass.
   *
   * @throws IllegalArgumentException for other samples, with what would be right
   */
  public static void needImage(Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "needs images (C, H, W), got "
              + input
              + (input.rank() == 1 ? "; put a reshape to (C, H, W) before it" : ""));
    }
  }

  /**
   * Lets vectors of features pass.
   *
   * @throws IllegalArgumentException for other samples, with what would be right
   */
  public static void needFeatures(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "needs features (F), got " + input + "; put a flatten before it");
    }
  }

  /**
   * Checks that the number of parts divides the number of channels.
   *
   * @param name what messages call the number of parts
   * @throws IllegalArgumentException if it does not
   */
  public static void needDivisor(String name, int parts, Shape input) {
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

  /** Refuses both a number and a rule for the same zeros. */
  static void needOne(@Nullable Integer padding, @Nullable PadRule pad) {
    if (padding != null && pad != null) {
      throw new IllegalArgumentException(
          "padding and pad exclude each other: give a number or a rule, got "
              + padding
              + " and "
              + pad.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The zeros on each side with which strides divide or multiply most sizes. */
  static int evenPadding(int kernel, int stride) {
    return Math.max(0, (kernel - stride + 1) / 2);
  }

  static String summary(String word, int filters, int kernel, int stride) {
    String size = word + " " + filters + " " + kernel + "x" + kernel;
    return size + (stride > 1 ? " stride " + stride : "");
  }

  static String summary(@Nullable Integer padding, PadRule pad, Border border) {
    if (padding == null && pad == PadRule.SAME) {
      return " pad same";
    }
    return border.front() > 0 ? " pad " + border.front() : "";
  }
}
