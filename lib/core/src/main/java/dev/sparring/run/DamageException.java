package dev.sparring.run;

import java.io.IOException;

/** A file of a run is damaged; the message is the reason, without the run's path. */
final class DamageException extends IOException {
  private static final long serialVersionUID = 1L;

  DamageException(String reason) {
    super(reason);
  }
}
