package dev.sparring.process;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The processor's model and the vector extensions that it has. */
final class ProcessorFacts {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final String MODEL = "processor";
  private static final String VECTORS = "vectors";

  /** Those by which libraries choose kernels; x86 has more than a hundred other flags. */
  private static final Pattern VECTOR =
      Pattern.compile("sse4_[12]|avx.*|fma4?|f16c|amx.*|asimd.*|sve.*|bf16|i8mm|neon");

  private ProcessorFacts() {}

  static Map<String, String> ofThisMachine() {
    if (Platform.isLinux()) {
      return ofLinux(lines(LINUX));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    if (Platform.isMac()) {
      put(facts, MODEL, sysctl("machdep.cpu.brand_string"));
      String features = sysctl("machdep.cpu.features") + " " + sysctl("machdep.cpu.leaf7_features");
      put(facts, VECTORS, vectors(features.toLowerCase(Locale.ROOT).replace('.', '_')));
    } else {
      put(facts, MODEL, System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""));
    }
    return facts;
  }

  /** All flags of the first processor; none if the system does not list them as Linux does. */
  static List<String> flags() {
    return Platform.isLinux() ? flags(lines(LINUX)) : List.of();
  }

  static List<String> flags(List<String> cpuinfo) {
    return List.of(field(cpuinfo, "flags").split(" "));
  }

  static Map<String, String> ofLinux(List<String> cpuinfo) {
    Map<String, String> facts = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>();
    // A hypervisor may give every model the same name: the numbers tell them apart.
    for (String number : List.of("cpu family", "model", "stepping")) {
      String value = field(cpuinfo, number);
      if (!value.isEmpty()) {
        parts.add(number.replace("cpu ", "") + " " + value);
      }
    }
    String name = field(cpuinfo, "model name");
    put(facts, MODEL, parts.isEmpty() ? name : name + " (" + String.join(", ", parts) + ")");
    put(facts, VECTORS, vectors(field(cpuinfo, "flags") + " " + field(cpuinfo, "Features")));
    return facts;
  }

  private static String vectors(String flags) {
    return String.join(
        " ",
        List.of(flags.split("\\s+")).stream()
            .filter(flag -> VECTOR.matcher(flag).matches())
            .sorted()
            .distinct()
            .toList());
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (!value.isBlank()) {
      facts.put(name, value);
    }
  }

  /** The first value of that name, or nothing. */
  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.contains(":"))
        .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of(); // a container without /proc
    }
  }

  private static String sysctl(String name) {
    int most = 4096;
    try (Memory text = new Memory(most)) {
      LongByReference length = new LongByReference(most);
      Object[] arguments = {name, text, length, null, 0L};
      int failed = NativeLibrary.getProcess().getFunction("sysctlbyname").invokeInt(arguments);
      return failed == 0 ? text.getString(0) : "";
    } catch (LinkageError e) {
      return "";
    }
  }
}
