package dev.sparring.process;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.function.Supplier;

/** Keeps messages of native libraries out of the process's standard output, which has results. */
public final class StandardOutput {
  private static final int OUTPUT = 1;
  private static final int WRITE_ONLY = 1;

  /** How many threads want silence now; the process has one standard output. */
  private static int silencers;

  /** A copy of the descriptor while it leads elsewhere; else -1. */
  private static int kept = -1;

  private StandardOutput() {}

  /**
   * Runs native code without its standard output; what other threads write there meanwhile is lost
   * too. On systems without dup2, as Windows, output stays.
   */
  public static <T> T silenced(Supplier<T> code) {
    begin();
    try {
      return code.get();
    } finally {
      end();
    }
  }

  private static synchronized void begin() {
    if (silencers++ == 0 && !Platform.isWindows()) {
      kept = redirect();
    }
  }

  private static synchronized void end() {
    if (--silencers == 0 && kept >= 0) {
      restore(kept);
      kept = -1;
    }
  }

  /** Returns a copy of the descriptor; -1 if nothing was changed. */
  private static int redirect() {
    try {
      NativeLibrary process = NativeLibrary.getProcess();
      flush(process);
      int kept = call(process, "dup", OUTPUT);
      int nothing = call(process, "open", "/dev/null", WRITE_ONLY);
      if (kept >= 0 && nothing >= 0) {
        call(process, "dup2", nothing, OUTPUT);
      }
      if (nothing >= 0) {
        call(process, "close", nothing);
      }
      return kept;
    } catch (LinkageError e) {
      return -1;
    }
  }

  private static void restore(int kept) {
    NativeLibrary process = NativeLibrary.getProcess();
    flush(process);
    call(process, "dup2", kept, OUTPUT);
    call(process, "close", kept);
  }

  /** Writes out what the C library has buffered. */
  private static void flush(NativeLibrary process) {
    call(process, "fflush", Pointer.NULL);
  }

  private static int call(NativeLibrary process, String name, Object... arguments) {
    Function function = process.getFunction(name);
    return function.invokeInt(arguments);
  }
}
