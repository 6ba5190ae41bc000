package dev.sparring.spark;

import java.io.Serializable;

/**
 * What came of a run, for the driver.
 *
 * @param exitCode of its process, or {@link #NOT_STARTED}
 * @param last the process's last line, or why it was not started
 * @param host the machine
 * @param seconds how long the process ran
 */
record TaskEnd(int exitCode, String last, String host, double seconds) implements Serializable {
  static final int NOT_STARTED = -1;

  boolean isStarted() {
    return exitCode != NOT_STARTED;
  }
}
