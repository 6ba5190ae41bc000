package dev.sparring.layer;

/** What a block does to the size of its images. */
public enum Resample {
  /** Keeps it. */
  NONE,
  /** Doubles it, each pixel four times. */
  UP,
  /** Halves it, each pixel the mean of four. */
  DOWN
}
