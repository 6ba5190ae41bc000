package dev.sparring.process;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What OpenBLAS says about itself, once an engine has loaded it. */
public final class OpenBlas {
  /** The name of the fact that tells for which processor its kernels are. */
  static final String KERNELS = "OpenBLAS kernels";

  private OpenBlas() {}

  /** Its version and build, and the kernels that it has chosen; empty where it cannot be asked. */
  public static Map<String, String> facts() {
    Optional<NativeLibrary> library = LoadedLibraries.named("libopenblas");
    if (library.isEmpty()) {
      return Map.of();
    }
    Map<String, String> facts = new TreeMap<>();
    try {
      facts.put("OpenBLAS", text(library.get(), "openblas_get_config"));
      facts.put(KERNELS, text(library.get(), "openblas_get_corename"));
    } catch (LinkageError e) {
      return Map.of(); // another library under its name
    }
    return facts;
  }

  /**
   * Checks in a portable process that it has the kernels that it was told to have.
   *
   * @throws IllegalStateException in one line, if it has not
   */
  public static void requirePinned() {
    if (NativeProcess.isPortable()) {
      Portability.requirePinned(facts());
    }
  }

  private static String text(NativeLibrary library, String function) {
    return library.getFunction(function).invokeString(new Object[0], false).strip();
  }
}
