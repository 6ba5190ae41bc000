package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Json;
import dev.sparring.tensor.Engine;
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
    where(facts, training);
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
    List<Object> resumed = new ArrayList<>();
    if (facts.get("resumed") instanceof List<?> earlier) {
      resumed.addAll(earlier);
    }
    Map<String, Object> again = new LinkedHashMap<>();
    again.put("step", training.progress().step());
    again.put("start", Instant.now().toString());
    where(again, training);
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

  /** Facts that may differ when a run is resumed and do not change the meaning of its numbers. */
  private static void where(Map<String, Object> facts, Training training) {
    Engine engine = training.engine();
    facts.put("engine", engine.name());
    facts.put("engineVersion", engine.version());
    facts.put("device", engine.device().toString());
    facts.put("precision", engine.precision().name().toLowerCase(Locale.ROOT));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("sparring", version());
    facts.put("jdk", Runtime.version().toString());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
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

  private static String version() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
