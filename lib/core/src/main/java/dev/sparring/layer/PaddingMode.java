package dev.sparring.layer;

/** What stands beyond the border of an image. */
public enum PaddingMode {
  /** Zeros. */
  ZERO,
  /** The image mirrored at its outermost pixels, which are not repeated. */
  REFLECT
}
