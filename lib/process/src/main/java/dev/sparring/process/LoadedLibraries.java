package dev.sparring.process;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The native libraries in this process, as Linux lists them. */
final class LoadedLibraries {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern WITH_KERNELS =
      Pattern.compile("lib(torch_cpu|openblas|nd4jcpu|mkl_|dnnl|gomp|iomp5).*\\.so.*");

  /**
   * RTLD_LAZY and RTLD_NOLOAD of Linux. JNA's own choice, RTLD_GLOBAL, would change how libraries
   * that are already there find their functions: two copies of OpenBLAS, which JavaCPP loads, would
   * then free each other's buffers and crash.
   */
  private static final int ALREADY_LOADED = 0x1 | 0x4;

  private LoadedLibraries() {}

  /** The name of one that has chosen its kernels or its threads; empty if there is none. */
  static Optional<String> anyWithKernels() {
    return paths().stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .filter(name -> WITH_KERNELS.matcher(name).matches())
        .findFirst();
  }

  /** The library whose file name begins so; opening it once more loads and changes nothing. */
  static Optional<NativeLibrary> named(String start) {
    try {
      return paths().stream()
          .filter(path -> path.substring(path.lastIndexOf('/') + 1).startsWith(start))
          .findFirst()
          .map(
              path ->
                  NativeLibrary.getInstance(
                      path, Map.of(Library.OPTION_OPEN_FLAGS, ALREADY_LOADED)));
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  private static List<String> paths() {
    if (!Platform.isLinux()) {
      return List.of();
    }
    try {
      return Files.readAllLines(MAPS, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.indexOf('/') >= 0)
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The C library's version: its functions, such as exp, are used by all. */
  static Map<String, String> versionOfC() {
    if (!Platform.isLinux()) {
      return Map.of();
    }
    try {
      return Map.of(
          "glibc",
          NativeLibrary.getProcess()
              .getFunction("gnu_get_libc_version")
              .invokeString(new Object[0], false));
    } catch (LinkageError e) {
      return Map.of(); // another C library
    }
  }
}
