package dev.sparring.run;

import dev.sparring.tensor.Engine;
import dev.sparring.train.Processes;
import dev.sparring.train.Training;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where and by what a run is trained: everything that its bits may depend on beside the recipe and
 * the data.
 *
 * @param facts by name, as {@code run.json} has them: engine, engineVersion, device, precision,
 *     portable, cores, sparring, jdk, system; processes, and of several the group's kind and the
 *     hosts
 * @param libraries what the engine says beyond, in {@code native}: threads, processor, vectors, the
 *     kernels that libraries have chosen, their versions, and {@code env NAME} for each environment
 *     variable that may choose others; {@code ignored NAME} for those that a portable engine does
 *     not hear
 */
public record Circumstances(Map<String, Object> facts, Map<String, String> libraries) {
  private static final String NATIVE = "native";

  /** Facts of the top level, in their order. */
  private static final List<String> NAMES =
      List.of(
          "engine",
          "engineVersion",
          "device",
          "precision",
          "portable",
          "cores",
          "sparring",
          "jdk",
          "system",
          "processes",
          "group",
          "hosts");

  /** Environment variables that were set and not heard. */
  private static final String IGNORED = "ignored ";

  /** No results depend on it: what computes are threads. */
  private static final String CORES = "cores";

  /** Where several processes run; results depend on their machines, of which other facts tell. */
  private static final String HOSTS = "hosts";

  /** Copies the maps. */
  public Circumstances {
    facts = Map.copyOf(facts);
    libraries = Map.copyOf(libraries);
  }

  /** Those of a training: of this process, and how many train together. */
  public static Circumstances of(Training training) {
    Circumstances own = of(training.engine());
    Processes processes = training.processes();
    Map<String, Object> facts = new LinkedHashMap<>(own.facts);
    facts.put("processes", processes.count());
    if (processes.count() > 1) {
      facts.put("group", processes.group().name());
      facts.put(HOSTS, processes.hosts());
    }
    return new Circumstances(facts, own.libraries);
  }

  /** Those of this process. */
  public static Circumstances of(Engine engine) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("engine", engine.name());
    facts.put("engineVersion", engine.version());
    facts.put("device", engine.device().toString());
    facts.put("precision", engine.precision().name().toLowerCase(Locale.ROOT));
    facts.put("portable", engine.isPortable());
    facts.put(CORES, Runtime.getRuntime().availableProcessors());
    facts.put("sparring", version());
    facts.put("jdk", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return new Circumstances(facts, engine.facts());
  }

  /**
   * Those that a run has recorded, one for each process that trained it, with the step after which
   * it began. A run of an earlier version has recorded fewer facts; without a {@code run.json}
   * there are none.
   *
   * @throws RunException if {@code run.json} is damaged
   */
  public static List<Part> recorded(RunDirectory run) {
    if (!Files.exists(run.provenance())) {
      return List.of();
    }
    Map<String, Object> json = RunSummary.facts(run);
    List<Part> parts = new ArrayList<>();
    parts.add(part(json, 0));
    for (Object part : json.get("resumed") instanceof List<?> all ? all : List.of()) {
      Map<String, Object> facts = object(part);
      parts.add(part(facts, facts.get("step") instanceof Number n ? n.longValue() : 0));
    }
    return parts;
  }

  /**
   * A part of a run that one process trained.
   *
   * @param from the step after which it began
   * @param steps the recipe's {@code train.steps} in it, or 0 if that is not recorded
   * @param circumstances where
   */
  public record Part(long from, long steps, Circumstances circumstances) {}

  private static Part part(Map<String, Object> json, long from) {
    // The top level has the latest length; the first stands beside it once the run is resumed.
    Object steps = json.get(json.containsKey("resumed") ? "firstSteps" : "steps");
    return new Part(from, steps instanceof Number n ? n.longValue() : 0, read(json));
  }

  static Circumstances read(Map<String, Object> json) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String name : NAMES) {
      Object value = json.get(name);
      if (value != null) {
        facts.put(name, value);
      }
    }
    Map<String, String> libraries = new TreeMap<>();
    object(json.get(NATIVE)).forEach((name, value) -> libraries.put(name, String.valueOf(value)));
    return new Circumstances(facts, libraries);
  }

  /** An object of JSON; empty where there is none. */
  static Map<String, Object> object(@Nullable Object json) {
    Map<String, Object> found = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> map) {
      map.forEach((name, value) -> found.put(String.valueOf(name), value));
    }
    return found;
  }

  /** Adds them to what {@code run.json} holds. */
  void describe(Map<String, Object> json) {
    for (String name : NAMES) {
      Object value = facts.get(name);
      if (value != null) {
        json.put(name, value);
      }
    }
    if (!libraries.isEmpty()) {
      json.put(NATIVE, new TreeMap<>(libraries));
    }
  }

  /** The number of threads, or empty text if that is not recorded. */
  public String threads() {
    return libraries.getOrDefault("threads", "");
  }

  /**
   * In what others differ, a line for each: {@code threads: 2, now 1}. Facts that one of the two
   * has not recorded at all are no difference, unless they are environment variables.
   *
   * @param now the others
   */
  public List<String> differences(Circumstances now) {
    return changes(now).stream().map(Change::toString).toList();
  }

  /** The same with both values apart. */
  public List<Change> changes(Circumstances other) {
    List<Change> changes = new ArrayList<>();
    for (String name : NAMES) {
      Object before = facts.get(name);
      Object after = other.facts.get(name);
      if (before != null
          && after != null
          && !name.equals(CORES)
          && !name.equals(HOSTS)
          && !same(name, before, after)) {
        changes.add(new Change(name, String.valueOf(before), String.valueOf(after)));
      }
    }
    // Runs of earlier versions have recorded none; engines without facts have none.
    if (!libraries.isEmpty() && !other.libraries.isEmpty()) {
      TreeSet<String> names = new TreeSet<>(libraries.keySet());
      names.addAll(other.libraries.keySet());
      for (String name : names) {
        String before = libraries.get(name);
        String after = other.libraries.get(name);
        boolean isSame = before == null ? after == null : before.equals(after);
        boolean isKnown = before != null && after != null;
        if (!isSame && !name.startsWith(IGNORED) && (isKnown || name.startsWith("env "))) {
          changes.add(new Change(name, shown(before), shown(after)));
        }
      }
    }
    return changes;
  }

  /**
   * A fact that differs.
   *
   * @param name the fact
   * @param before its value here; {@code not set} for an environment variable that is not
   * @param after its value there
   */
  public record Change(String name, String before, String after) {
    @Override
    public String toString() {
      return name + ": " + before + ", now " + after;
    }
  }

  /** Earlier versions recorded the JDK without its virtual machine. */
  private static boolean same(String name, Object before, Object after) {
    return String.valueOf(before).equals(String.valueOf(after))
        || (name.equals("jdk") && String.valueOf(after).startsWith(before + ", "));
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not set" : value;
  }

  private static String version() {
    String version = Circumstances.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
