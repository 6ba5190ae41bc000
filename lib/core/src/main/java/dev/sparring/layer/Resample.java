package dev.sparring.layer;

/** How a block changes the size of its images. */
public enum Resample {
  /** Keeps it. */
  NONE,
  /** Doubles it; each pixel is repeated 2 x 2 times. */
  UP,
  /** Halves it; each pixel is the mean of 2 x 2. */
  DOWN
}
