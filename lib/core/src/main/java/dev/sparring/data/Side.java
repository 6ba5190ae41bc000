package dev.sparring.data;

/** Half of an image. */
public enum Side {
  /** The left one. */
  LEFT,
  /** The right one. */
  RIGHT
}
