package dev.sparring.train;

import java.util.List;

/** How a training ended. */
public enum Ending {
  /** All steps are done. */
  COMPLETED,
  /** It was asked to stop. */
  STOPPED,
  /** A loss or a weight was no longer finite. */
  DIVERGED,
  /** It ended with another error. */
  FAILED;

  /**
   * Tells everybody of the end, even if one before fails. The last failure is thrown, unless the
   * training has failed already: its exception is more important.
   */
  void tell(List<Runnable> calls) {
    RuntimeException failure = null;
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null && (this == COMPLETED || this == STOPPED)) {
      throw failure;
    }
  }
}
