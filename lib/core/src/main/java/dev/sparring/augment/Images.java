package dev.sparring.augment;

import dev.sparring.tensor.Shape;

/** Checks of shapes, in the words that a user reads. */
final class Images {
  private Images() {}

  static void need(Shape sample) {
    if (sample.rank() != 3) {
      throw new IllegalArgumentException("needs images (C, H, W), got " + sample);
    }
  }

  /** A share of a side in whole pixels, a half rounded up. */
  static int pixels(double ratio, int side) {
    return (int) (side * ratio + 0.5);
  }
}
