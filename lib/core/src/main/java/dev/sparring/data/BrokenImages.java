package dev.sparring.data;

/** What to do with an image file that cannot be decoded. */
public enum BrokenImages {
  /** Stop and name the file. */
  STOP,
  /** Leave the file out and log a line. */
  SKIP
}
