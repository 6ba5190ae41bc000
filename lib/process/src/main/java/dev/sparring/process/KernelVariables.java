package dev.sparring.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The environment variables by which a user, or a cluster, may choose the kernels of libraries. */
final class KernelVariables {
  private static final List<String> PREFIXES =
      List.of(
          "ATEN_",
          "BLIS_",
          "CUBLAS_",
          "CUDNN_",
          "DNNL_",
          "GOMP_",
          "GOTO_",
          "KMP_",
          "MKLDNN_",
          "MKL_",
          "OMP_",
          "ONEDNN_",
          "OPENBLAS_",
          "PYTORCH_",
          "TORCH_",
          "VECLIB_");

  /** Names, where the prefix is shared with programs of other kinds. */
  private static final Set<String> NAMES =
      Set.of(
          "NVIDIA_TF32_OVERRIDE",
          "SD_BLAS_FALLBACK",
          "SD_FORBID_HELPERS",
          "SD_MASTER_THREADS",
          "SD_MAX_THREADS");

  /** Read when a program starts: they cannot be taken back here. */
  private static final Set<String> OF_THE_LOADER =
      Set.of(
          "DYLD_INSERT_LIBRARIES",
          "DYLD_LIBRARY_PATH",
          "GLIBC_TUNABLES",
          "LD_LIBRARY_PATH",
          "LD_PRELOAD");

  /** Of speed and memory only. */
  private static final Set<String> HARMLESS =
      Set.of("OMP_DISPLAY_ENV", "OMP_PLACES", "OMP_PROC_BIND", "OMP_STACKSIZE", "OMP_WAIT_POLICY");

  private KernelVariables() {}

  /** Those that are set, in order of name. */
  static Map<String, String> of(Map<String, String> environment) {
    Map<String, String> found = new TreeMap<>(environment);
    found.keySet().removeIf(name -> !choosesKernels(name) && !OF_THE_LOADER.contains(name));
    return found;
  }

  /** Whether a portable process has to ignore it. */
  static boolean isIgnoredIfPortable(String name) {
    return choosesKernels(name) && !HARMLESS.contains(name) && !name.startsWith("GOMP_");
  }

  private static boolean choosesKernels(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
