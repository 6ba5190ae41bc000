package dev.sparring.train;

/** How a training ended. */
public enum Ending {
  /** All steps are done. */
  COMPLETED,
  /** It was asked to stop. */
  STOPPED,
  /** A loss or a weight was no longer finite. */
  DIVERGED,
  /** It ended with another error. */
  FAILED
}
