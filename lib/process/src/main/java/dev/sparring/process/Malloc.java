package dev.sparring.process;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Makes glibc keep the memory of large tensors.
 *
 * <p>By default glibc maps every large block anew and returns it when freed, so that each step of a
 * training pays for zeroed pages again: about a fifth of the time of a step. Without glibc nothing
 * happens: results do not depend on it.
 */
final class Malloc {
  // From malloc.h.
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_MAX = -4;

  /** How much the heap grows at once; more would only raise the peak. */
  private static final int TOP_PAD = 64 << 20;

  private Malloc() {}

  static void keepLargeBlocks() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      NativeLibrary process = NativeLibrary.getProcess();
      process.getFunction("gnu_get_libc_version"); // other C libraries read mallopt differently
      Function mallopt = process.getFunction("mallopt");
      mallopt.invokeInt(new Object[] {M_MMAP_MAX, 0});
      mallopt.invokeInt(new Object[] {M_TRIM_THRESHOLD, Integer.MAX_VALUE});
      mallopt.invokeInt(new Object[] {M_TOP_PAD, TOP_PAD});
    } catch (LinkageError e) {
      // Not glibc, or JNA's own library could not be unpacked.
      return;
    }
  }
}
