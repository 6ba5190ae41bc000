package dev.sparring.layer;

/** The values beyond the border of an image. */
public enum PaddingMode {
  /** Zeros. */
  ZERO,
  /** The image mirrored at its outermost pixels, which are not repeated. */
  REFLECT
}
