package dev.sparring.train;

import java.util.List;

/** Tells those who watch a training that it has ended. */
final class Endings {
  private Endings() {}

  /**
   * Makes all calls, even if one before fails.
   *
   * @param ending if the training has failed already, its exception is more important than those of
   *     the calls
   */
  static void tell(List<Runnable> calls, Ending ending) {
    RuntimeException failure = null;
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null && (ending == Ending.COMPLETED || ending == Ending.STOPPED)) {
      throw failure;
    }
  }
}
