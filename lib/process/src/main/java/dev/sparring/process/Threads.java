package dev.sparring.process;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Tells libgomp how many threads to use. Libraries have calls for that, but libgomp's own counts
 * only for the thread that makes it; the environment counts for all.
 */
final class Threads {
  private static final String COUNT = "OMP_NUM_THREADS";

  private Threads() {}

  /** Has to be called before libgomp is loaded, which reads its environment just then. */
  static void limit(int threads) {
    if (!Platform.isLinux() && !Platform.isMac()) {
      return;
    }
    try {
      Function setenv = NativeLibrary.getProcess().getFunction("setenv");
      setenv.invokeInt(new Object[] {COUNT, String.valueOf(threads), 1});
    } catch (LinkageError e) {
      // JNA's own library could not be unpacked; only speed depends on this.
      return;
    }
  }
}
