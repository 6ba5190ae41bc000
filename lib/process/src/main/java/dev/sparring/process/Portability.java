package dev.sparring.process;

import com.sun.jna.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pins the kernels of numerical libraries to those that every x86-64 processor with AVX2 and FMA
 * has, whatever the processor offers beyond, and whatever the environment asks for.
 *
 * <p>Each library picks its kernels by the processor when it loads: oneDNN its convolutions, ATen
 * its loops, OpenBLAS its products. They add in other orders, so that the last bits differ. The
 * environment is where all of them can be told, and they read it once; so this has to come first.
 */
final class Portability {
  /** MKL does not come with Sparring; a system's may stand in for OpenBLAS. */
  private static final Map<String, String> PINNED =
      Map.of(
          "ATEN_CPU_CAPABILITY", "avx2",
          "DNNL_MAX_CPU_ISA", "AVX2", // of oneDNN before its version 3, as in ND4J
          "MKL_CBWR", "AVX2",
          "OMP_DYNAMIC", "false",
          "ONEDNN_MAX_CPU_ISA", "AVX2",
          "OPENBLAS_CORETYPE", "Haswell");

  private static final List<String> NEEDED = List.of("avx2", "fma");
  private static final String OTHER_BLAS = "org.bytedeco.openblas.load";

  private Portability() {}

  /** Why this machine or this process cannot do it, in words that follow "because". */
  static Optional<String> whyNot() {
    return whyNot(
        Platform.isLinux() && Platform.is64Bit() && Platform.isIntel(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        ProcessorFacts.flags());
  }

  static Optional<String> whyNot(boolean isKnown, String system, List<String> flags) {
    if (!isKnown) {
      return Optional.of("it needs Linux on x86-64, this is " + system);
    }
    List<String> missing = NEEDED.stream().filter(f -> !flags.contains(f)).toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          "it needs a processor with AVX2 and FMA, this one has no "
              + String.join(", no ", missing));
    }
    String threads = System.getProperty("sparring.threads");
    String own = String.valueOf(NativeProcess.PORTABLE_THREADS);
    if (threads != null && !threads.equals(own)) {
      return Optional.of(
          "it computes with "
              + own
              + " thread, -Dsparring.threads says "
              + threads
              + "; leave one of the two out");
    }
    if (System.getProperty(OTHER_BLAS) != null) {
      return Optional.of(
          "-D" + OTHER_BLAS + " puts another library in the place of OpenBLAS; leave it out");
    }
    return Optional.empty();
  }

  /**
   * Sets the environment of libraries that load after this.
   *
   * @throws IllegalStateException in one line, if it is not possible or too late
   */
  static void pin() {
    whyNot()
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    LoadedLibraries.anyWithKernels()
        .ifPresent(
            library -> {
              throw new IllegalStateException(
                  library
                      + " was loaded in this process before, and libraries choose their kernels once; open the portable engine first, or in another process");
            });
    for (String name : System.getenv().keySet()) {
      if (KernelVariables.isIgnoredIfPortable(name)) {
        require(Environment.remove(name), name);
      }
    }
    PINNED.forEach((name, value) -> require(Environment.set(name, value), name));
  }

  private static void require(boolean done, String name) {
    if (!done) {
      throw new IllegalStateException(
          "the environment variable " + name + " cannot be set from Java on this system");
    }
  }

  /**
   * Checks that OpenBLAS, once loaded, is the one that was asked for.
   *
   * @throws IllegalStateException in one line, if it is not
   */
  static void requirePinned(Map<String, String> openBlas) {
    String wanted = PINNED.get("OPENBLAS_CORETYPE");
    String found = openBlas.getOrDefault(OpenBlas.KERNELS, "unknown");
    if (!found.equals(wanted)) {
      throw new IllegalStateException(
          "it needs the " + OpenBlas.KERNELS + " for " + wanted + ", here they are " + found);
    }
  }
}
