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
}
