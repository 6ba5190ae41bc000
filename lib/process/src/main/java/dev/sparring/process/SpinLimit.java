package dev.sparring.process;

import com.sun.jna.Platform;

/**
 * Bounds how long the threads of libgomp spin while they wait for each other.
 *
 * <p>libgomp lets a waiting thread spin for milliseconds. That is free on an idle machine; if other
 * programs use the cores, threads spin for one that is not running, and a step takes twenty times
 * as long. About a tenth of a millisecond costs nothing measurable in the first case and avoids
 * most of the loss in the second. {@code GOMP_SPINCOUNT} and {@code OMP_WAIT_POLICY}, if set, are
 * respected.
 */
final class SpinLimit {
  private static final String SPIN_COUNT = "GOMP_SPINCOUNT";
  private static final int SPINS = 10_000;

  private SpinLimit() {}

  /** Has to be called before libgomp is loaded, which reads its environment just then. */
  static void spinBriefly() {
    if (Platform.isLinux() && System.getenv("OMP_WAIT_POLICY") == null) {
      NativeProcess.setUnlessGiven(SPIN_COUNT, String.valueOf(SPINS));
    }
  }
}
