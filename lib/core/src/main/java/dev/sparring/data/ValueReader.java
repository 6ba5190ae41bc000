package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks and maps values from files: they must be finite and within their range. Images without a
 * range must be in [-1, 1].
 */
final class ValueReader {
  /** The largest size of a Java array on every virtual machine. */
  static final long MAX_VALUES = Integer.MAX_VALUE - 8;

  private final @Nullable ValueRange range;
  private final boolean isImage;

  ValueReader(@Nullable ValueRange range, boolean isImage) {
    this.range = range;
    this.isImage = isImage;
  }

  /** What is wrong with a value and what would be right, or null if it is valid. */
  @Nullable String problem(double value) {
    if (!Double.isFinite(value)) {
      return value + ", expected a finite number";
    }
    if (range != null) {
      return range.holds(value)
          ? null
          : value + ", which is outside the range from " + range.from() + " to " + range.to();
    }
    if (isImage && !(value >= -1 && value <= 1)) {
      return value
          + ", expected values of images in [-1, 1]; range: { from: ..., to: ... } with their"
          + " smallest and largest value would map them there";
    }
    return Math.abs(value) > Float.MAX_VALUE
        ? value + ", which is too large for single precision"
        : null;
  }

  /** The value as a training sees it. */
  float read(double value) {
    return range != null ? range.scaled(value) : (float) value;
  }

  /** Refuses data that does not fit into one array. */
  static void checkCount(String file, long samples, Shape shape) {
    double each = 1;
    for (int d : shape.dims()) {
      each *= d;
    }
    if (samples * each > MAX_VALUES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d samples of %s are more than the %d numbers that one data set may hold",
              file,
              samples,
              shape,
              MAX_VALUES));
    }
  }
}
