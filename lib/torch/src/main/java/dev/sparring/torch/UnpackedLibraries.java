package dev.sparring.torch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bytedeco.javacpp.Loader;

/**
 * Loads the libraries that JavaCPP has unpacked at an earlier start, in its order.
 *
 * <p>JavaCPP looks for each library in all jars of the class path, by each of some ten names, and
 * for each of its classes anew: that takes longer than to load them. This looks at three jars, and
 * only if everything is there as JavaCPP leaves it; otherwise JavaCPP does it.
 */
final class UnpackedLibraries {
  private static final String PLATFORM = "linux-x86_64";

  /** A jar whose name begins so, its folder of libraries, and these. */
  private record Artifact(String name, String folder, List<Library> libraries) {}

  /**
   * A library.
   *
   * @param file its name in the cache
   * @param entry its name in the jar
   */
  private record Library(String file, String entry) {
    static Library of(String file) {
      return new Library(file, file);
    }
  }

  private static final List<Artifact> ARTIFACTS =
      List.of(
          new Artifact("javacpp", "org/bytedeco/javacpp", libraries("libjnijavacpp.so")),
          new Artifact(
              "openblas",
              "org/bytedeco/openblas",
              List.of(
                  Library.of("libgcc_s.so.1"),
                  Library.of("libquadmath.so.0"),
                  Library.of("libgfortran.so.5"),
                  new Library("libopenblas_nolapack.so.0", "libopenblas.so.0"),
                  Library.of("libjniopenblas_nolapack.so"),
                  Library.of("libopenblas.so.0"),
                  Library.of("libjniopenblas.so"))),
          new Artifact(
              "pytorch",
              "org/bytedeco/pytorch",
              libraries(
                  "libgomp.so.1",
                  "libc10.so",
                  "libtorch_cpu.so",
                  "libtorch.so",
                  "libjnitorch.so")));

  private UnpackedLibraries() {}

  private static List<Library> libraries(String... files) {
    return Arrays.stream(files).map(Library::of).toList();
  }

  /**
   * Loads them.
   *
   * @return whether all are loaded; if not, JavaCPP has to load them
   */
  static boolean load() {
    try {
      Optional<List<File>> all = files();
      all.ifPresent(files -> files.forEach(file -> System.load(file.getPath())));
      return all.isPresent();
    } catch (IOException | UnsatisfiedLinkError e) {
      return false; // JavaCPP tries other files, and says what it finds wrong
    }
  }

  /** All of them, if each is as JavaCPP has unpacked it from the jar of the class path. */
  private static Optional<List<File>> files() throws IOException {
    if (!isDefault()) {
      return Optional.empty();
    }
    List<File> files = new ArrayList<>();
    File cache = Loader.getCacheDir();
    for (Artifact artifact : ARTIFACTS) {
      Optional<File> jar = jar(artifact.name());
      if (jar.isEmpty() || !add(files, artifact, jar.get(), cache)) {
        return Optional.empty();
      }
    }
    return Optional.of(files);
  }

  private static boolean add(List<File> files, Artifact artifact, File jar, File cache)
      throws IOException {
    File folder = new File(new File(cache, jar.getName()), artifact.folder() + "/" + PLATFORM);
    try (JarFile contents = new JarFile(jar)) {
      for (Library library : artifact.libraries()) {
        String path = artifact.folder() + "/" + PLATFORM + "/" + library.entry();
        JarEntry entry = contents.getJarEntry(path);
        File file = new File(folder, library.file());
        // What JavaCPP compares to tell whether a library is unpacked.
        boolean same =
            entry != null
                && file.length() == entry.getSize()
                && file.lastModified() == entry.getTime();
        if (!same) {
          return false;
        }
        files.add(file);
      }
    }
    return true;
  }

  /** Whether JavaCPP was told nothing that changes what it loads. */
  private static boolean isDefault() {
    return Loader.getPlatform().equals(PLATFORM)
        && !LibraryUnpacker.hasCuda()
        && Loader.loadProperties().getProperty("platform.extension") == null
        && System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("org.bytedeco.javacpp."))
            // Limits of memory, which are no matter of libraries.
            .allMatch(name -> name.startsWith("org.bytedeco.javacpp.max"));
  }

  private static Optional<File> jar(String artifact) {
    String end = "-" + PLATFORM + ".jar";
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(File::new)
        .filter(file -> file.getName().startsWith(artifact + "-") && file.getName().endsWith(end))
        .filter(File::isFile)
        .findFirst();
  }
}
