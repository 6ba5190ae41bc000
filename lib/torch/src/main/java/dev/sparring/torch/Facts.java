package dev.sparring.torch;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.sparring.process.LibraryFile;
import dev.sparring.process.NativeProcess;
import dev.sparring.process.OpenBlas;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;

/** What the bits of libtorch's results may depend on. */
final class Facts {
  /** Functions of ATen that return a std::string, by their names in the library. */
  private static final Map<String, String> ASKED =
      Map.of(
          "ATen kernels", "_ZN2at18get_cpu_capabilityB5cxx11Ev",
          "oneDNN", "_ZN2at18get_mkldnn_versionB5cxx11Ev",
          "OpenMP", "_ZN2at18get_openmp_versionB5cxx11Ev");

  /** A std::string of libstdc++: a pointer, a length, and 16 bytes for short texts. */
  private static final int STRING = 32;

  private Facts() {}

  static Map<String, String> all() {
    Map<String, String> facts = new TreeMap<>(NativeProcess.facts());
    facts.put("libtorch", Natives.version().replace("libtorch ", ""));
    facts.putAll(OpenBlas.facts());
    String library = System.mapLibraryName("torch_cpu");
    LibraryFile.describe(
            Facts.class.getClassLoader(),
            "org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library)
        .ifPresent(text -> facts.put(library, text));
    Optional<NativeLibrary> loaded = NativeProcess.library(library);
    loaded.ifPresent(torch -> ASKED.forEach((name, f) -> ask(torch, f, name, facts)));
    return facts;
  }

  private static void ask(
      NativeLibrary torch, String function, String name, Map<String, String> facts) {
    try (Memory string = new Memory(STRING)) {
      string.clear();
      // A function that returns an object gets its address as a first argument.
      Function f = torch.getFunction(function);
      f.invoke(Pointer.class, new Object[] {string});
      int length = Math.toIntExact(string.getLong(Long.BYTES));
      byte[] text = string.getPointer(0).getByteArray(0, length);
      facts.put(name, new String(text, StandardCharsets.UTF_8).strip());
    } catch (LinkageError e) {
      // A libtorch of another compiler: the fact is left out.
      return;
    }
  }
}
