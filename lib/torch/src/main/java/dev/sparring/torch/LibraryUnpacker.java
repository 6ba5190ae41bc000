package dev.sparring.torch;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Unpacks all of libtorch's libraries into one folder before the first of them is loaded.
 *
 * <p>JavaCPP unpacks and loads them one by one. The first, libtorch.so, asks the linker for
 * libtorch_cpu.so; if that is not unpacked yet and the system has a libtorch too (Debian's
 * python3-torch, for instance), the linker takes that one, two versions end up in one process, and
 * it crashes. With a full cache this does not happen, which hides the problem.
 */
final class LibraryUnpacker {
  private static final String PRESET = "org.bytedeco.pytorch.presets.torch";

  // The extension of the artifact with CUDA, as its classifier has it.
  private static final List<String> EXTENSIONS = List.of("", "-gpu");
  private static final List<String> LIBRARIES = List.of("libc10.so", "libtorch_cpu.so");
  private static final List<String> CUDA_LIBRARIES = List.of("libc10_cuda.so", "libtorch_cuda.so");

  private LibraryUnpacker() {}

  static void unpack() throws IOException {
    if (!Loader.getPlatform().startsWith("linux")) {
      return;
    }
    Class<?> preset = uninitialized(PRESET);
    for (String extension : EXTENSIONS) {
      unpack(preset, folder(extension), LIBRARIES);
      unpack(preset, folder(extension), CUDA_LIBRARIES);
    }
  }

  /** Whether the artifact with CUDA is on the class path. */
  static boolean hasCuda() {
    String library = folder(EXTENSIONS.get(1)) + System.mapLibraryName("torch_cuda");
    return uninitialized(PRESET).getResource(library) != null;
  }

  private static String folder(String extension) {
    return "/org/bytedeco/pytorch/" + Loader.getPlatform() + extension + "/";
  }

  private static void unpack(Class<?> preset, String folder, List<String> libraries)
      throws IOException {
    for (String library : libraries) {
      // Null, and no exception, where an artifact has no such library.
      Loader.cacheResource(preset, folder + library);
    }
  }

  /** Initializing the preset would load libraries that have to be unpacked first. */
  private static Class<?> uninitialized(String name) {
    try {
      return Class.forName(name, false, LibraryUnpacker.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(name + ": " + e.getMessage());
    }
  }
}
