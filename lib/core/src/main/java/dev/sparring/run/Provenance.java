package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Json;
import dev.sparring.train.Ending;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code run.json}: everything needed to repeat the run. */
final class Provenance {
  private final Path file;
  private final Map<String, Object> facts;

  private Provenance(Path file, Map<String, Object> facts) {
    this.file = file;
    this.facts = facts;
  }

  static Provenance fresh(Path file, Training training, RecordedRecipe recipe) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", training.recipe().name());
    facts.put("status", "running");
    what(facts, training, recipe);
    recipe.describeInit(facts);
    Circumstances.of(training.engine()).describe(facts);
    facts.put("start", Instant.now().toString());
    Provenance provenance = new Provenance(file, facts);
    provenance.write();
    return provenance;
  }

  static Provenance resume(Path file, Training training, RecordedRecipe recipe) throws IOException {
    Map<String, Object> facts =
        Files.exists(file)
            ? new LinkedHashMap<>(Json.read(Files.readAllBytes(file)))
            : new LinkedHashMap<>();
    Object data = facts.get("data");
    if (data != null && !data.equals(training.data().fingerprint())) {
      throw new RunException(
          file + ": the run was begun on other data, of SHA-256 " + data + "; train anew");
    }
    Circumstances now = Circumstances.of(training.engine());
    List<Object> resumed = new ArrayList<>();
    if (facts.get("resumed") instanceof List<?> earlier) {
      resumed.addAll(earlier);
    }
    Map<String, Object> again = new LinkedHashMap<>();
    again.put("step", training.progress().step());
    again.put("start", Instant.now().toString());
    again.put("steps", training.recipe().train().steps());
    now.describe(again);
    List<String> changed = latest(facts, resumed).differences(now);
    if (!changed.isEmpty()) {
      again.put("changed", changed);
    }
    // Rates may depend on the length: the one that the first part had stays known.
    Object steps = facts.get("steps");
    if (steps != null && resumed.isEmpty()) {
      facts.put("firstSteps", steps);
    }
    resumed.add(again);
    facts.put("resumed", resumed);
    facts.put("status", "running");
    facts.remove("end");
    what(facts, training, recipe);
    Provenance provenance = new Provenance(file, facts);
    provenance.write();
    return provenance;
  }

  private static void what(Map<String, Object> facts, Training training, RecordedRecipe recipe) {
    recipe.describe(facts);
    facts.put("seed", training.recipe().train().seed());
    facts.put("steps", training.recipe().train().steps());
    facts.put("data", training.data().fingerprint());
    facts.remove("conditions");
    if (!training.conditions().isEmpty()) {
      facts.put("conditions", training.conditions());
    }
  }

  /** Those of the process that trained last. */
  private static Circumstances latest(Map<String, Object> facts, List<Object> resumed) {
    Map<String, Object> last = new LinkedHashMap<>(facts);
    if (!resumed.isEmpty() && resumed.get(resumed.size() - 1) instanceof Map<?, ?> map) {
      last.clear();
      map.forEach((name, value) -> last.put(String.valueOf(name), value));
    }
    return Circumstances.read(last);
  }

  void end(Ending ending, long step) throws IOException {
    facts.put("status", ending.name().toLowerCase(Locale.ROOT));
    facts.put("lastStep", step);
    facts.put("end", Instant.now().toString());
    write();
  }

  private void write() throws IOException {
    byte[] json = Json.pretty(facts);
    AtomicFile.write(file, out -> out.write(json));
  }
}
