package dev.sparring.nd4j;

import dev.sparring.process.LibraryFile;
import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Which build of ND4J's native half is on the class path, and whether this processor can run it: a
 * build for AVX-512 would crash the program on other processors.
 *
 * <p>Only loops over single numbers depend on the build; oneDNN, where the time goes, picks its
 * kernels by the processor when it runs. So the build for AVX2, which every x86 processor since
 * 2013 runs, is as fast as the one for AVX-512 within the noise.
 */
final class Processor {
  /** In the order in which JavaCPP looks for them. */
  private static final List<String> BUILDS =
      List.of("-onednn", "-onednn-avx512", "-onednn-avx2", "", "-avx2", "-avx512");

  private static final String PORTABLE = "-onednn-avx2";

  private Processor() {}

  /** The classifier after the platform's name, or null if there is no build at all. */
  static @Nullable String build() {
    String library = System.mapLibraryName("jnind4jcpu");
    for (String build : BUILDS) {
      if (Processor.class.getClassLoader().getResource(folder(build) + library) != null) {
        return build;
      }
    }
    return null;
  }

  private static String folder(String build) {
    return "org/nd4j/linalg/cpu/nativecpu/bindings/" + Loader.getPlatform() + build + "/";
  }

  /** The size and the checksum of the native half. */
  static Optional<String> library() {
    String build = build();
    return build == null
        ? Optional.empty()
        : LibraryFile.describe(
            Processor.class.getClassLoader(), folder(build) + System.mapLibraryName("nd4jcpu"));
  }

  /**
   * Why results cannot be portable: loops over single numbers are compiled into the build, and only
   * one build is for the processors that portable results are for.
   */
  static Optional<String> whyNotPortable() {
    String build = build();
    return PORTABLE.equals(build)
        ? NativeProcess.whyNotPortable()
        : Optional.of(
            "it needs the build "
                + Loader.getPlatform()
                + PORTABLE
                + " of nd4j-native, on the class path is "
                + (build == null ? "none" : Loader.getPlatform() + build));
  }

  /**
   * Checks the build against the processor's list of features, if Linux provides it.
   *
   * @throws EngineException if a feature is missing
   */
  static void require() {
    require(build(), Path.of("/proc/cpuinfo"));
  }

  static void require(@Nullable String build, Path cpuinfo) {
    String needed = needed(build == null ? "" : build);
    if (needed != null && lacks(needed, cpuinfo)) {
      throw new EngineException(
          "this processor has no %s, which the %s%s build of nd4j-native needs; take the classifier %s-onednn"
              .formatted(needed, Loader.getPlatform(), build, Loader.getPlatform()));
    }
  }

  private static @Nullable String needed(String build) {
    if (build.endsWith("avx512")) {
      return "avx512f";
    }
    return build.endsWith("avx2") ? "avx2" : null;
  }

  /** Whether the file lists features of an x86 processor, but not this one. */
  static boolean lacks(String feature, Path cpuinfo) {
    try {
      for (String line : Files.readAllLines(cpuinfo, StandardCharsets.UTF_8)) {
        if (line.startsWith("flags")) {
          return !List.of(line.substring(line.indexOf(':') + 1).trim().split(" "))
              .contains(feature);
        }
      }
    } catch (IOException e) {
      return false; // not Linux
    }
    return false;
  }
}
