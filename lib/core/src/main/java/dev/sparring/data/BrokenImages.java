package dev.sparring.data;

/** What to do with an image file that cannot be decoded. */
public enum BrokenImages {
  /** Stop and name the file. */
  STOP,
  /** Leave out the file and log a line. */
  SKIP
}
