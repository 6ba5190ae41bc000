package dev.sparring.train;

/** How a training ended. */
public enum Ending {
  /** All steps are done. */
  COMPLETED,
  /** Somebody asked it to stop. */
  STOPPED,
  /** A loss or a weight was not finite any more. */
  DIVERGED,
  /** Something else went wrong. */
  FAILED
}
