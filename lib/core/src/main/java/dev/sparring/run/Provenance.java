package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Json;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.recipe.KeepBest;
import dev.sparring.recipe.Seeds;
import dev.sparring.train.Ending;
import dev.sparring.train.Retry;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes {@code run.json}: everything needed to repeat the run. */
final class Provenance {
  static final String MAY_BE_RETRIED = "mayBeRetried";

  private final Path file;
  private final Map<String, Object> facts;

  /** The facts of the part of the run that is going on: all, or those of the last resume. */
  private final Map<String, Object> part;

  private Provenance(Path file, Map<String, Object> facts, Map<String, Object> part) {
    this.file = file;
    this.facts = facts;
    this.part = part;
  }

  /** Prepares the record of a run; {@link #begin} writes it. */
  static Provenance fresh(
      Path file, Training training, RecordedRecipe recipe, @Nullable Fork fork) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", training.recipe().name());
    facts.put("status", "running");
    what(facts, training, recipe);
    recipe.describeInit(facts);
    if (fork != null) {
      fork.describe(facts);
    }
    Circumstances.of(training).describe(facts);
    facts.put("start", Instant.now().toString());
    return new Provenance(file, facts, facts);
  }

  /**
   * Prepares the record of a further part of a run; {@link #begin} writes it.
   *
   * @param isSameProcess whether this process trained the part before, which diverged
   * @throws RunException if the file is damaged, or the run was begun on other data
   */
  static Provenance resume(
      Path file, Training training, RecordedRecipe recipe, boolean isSameProcess) {
    Map<String, Object> facts = new LinkedHashMap<>(read(file));
    RunData.require(file, facts, training.data());
    training
        .comparedData()
        .forEach((place, found) -> RunData.requireCompared(file, facts, place, found));
    facts.remove(MAY_BE_RETRIED);
    facts.remove(RetryJson.KEY);
    List<Retry> retries = training.progress().retries();
    if (!retries.isEmpty()) {
      facts.put(RetryJson.KEY, RetryJson.write(retries));
    }
    if (isSameProcess) {
      facts.put("status", "running");
      facts.remove("end");
      return new Provenance(file, facts, last(facts));
    }
    Circumstances now = Circumstances.of(training);
    List<Object> resumed = new ArrayList<>();
    if (facts.get("resumed") instanceof List<?> earlier) {
      resumed.addAll(earlier);
    }
    Map<String, Object> again = new LinkedHashMap<>();
    again.put("step", training.progress().step());
    again.put("start", Instant.now().toString());
    again.put("steps", training.recipe().train().steps());
    now.describe(again);
    List<String> changed = new ArrayList<>(latest(facts, resumed).differences(now));
    Measured.change(facts, training).ifPresent(changed::add);
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
    return new Provenance(file, facts, again);
  }

  /** The part of the process that trained last; what it is told stands in the file. */
  private static Map<String, Object> last(Map<String, Object> facts) {
    if (!(facts.get("resumed") instanceof List<?> list) || list.isEmpty()) {
      return facts;
    }
    List<Object> parts = new ArrayList<>(list);
    Map<String, Object> part = new LinkedHashMap<>();
    if (parts.get(parts.size() - 1) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> part.put(String.valueOf(name), value));
    }
    parts.set(parts.size() - 1, part);
    facts.put("resumed", parts);
    return part;
  }

  private static Map<String, Object> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    byte[] text;
    try {
      text = RegularFile.bytes(file);
    } catch (IOException e) {
      throw new RunException(Reason.line(e, file, "cannot be read"), e);
    }
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw new RunException(
          file + ": is damaged: " + Reason.of(e) + "; restore it, or train anew elsewhere", e);
    }
  }

  /**
   * Writes it.
   *
   * @param notes what was found as this part of the run began, a line each
   */
  void begin(List<String> notes) throws IOException {
    notes.forEach(this::note);
    write();
  }

  /** Adds a line to this part of the run; {@link #end} writes it. */
  void note(String line) {
    List<Object> notes = new ArrayList<>();
    if (part.get("notes") instanceof List<?> earlier) {
      notes.addAll(earlier);
    }
    notes.add(line);
    part.put("notes", notes);
  }

  private static void what(Map<String, Object> facts, Training training, RecordedRecipe recipe) {
    recipe.describe(facts);
    facts.put("seed", training.recipe().train().seed());
    Map<String, Object> seeds = own(training.recipe().train().seeds());
    facts.remove("seeds");
    if (!seeds.isEmpty()) {
      facts.put("seeds", seeds);
    }
    facts.put("steps", training.recipe().train().steps());
    facts.put(RunData.DATA, training.data().fingerprint());
    if (training.isDataGiven()) {
      facts.put(RunData.GIVEN, true);
    } else {
      // The fingerprint is equal, so the recipe's own data it is.
      facts.remove(RunData.GIVEN);
    }
    facts.remove(RunData.COMPARED);
    if (!training.comparedData().isEmpty()) {
      facts.put(RunData.COMPARED, training.comparedData());
    }
    Measured.describe(facts, training);
  }

  /** The seeds that are given apart from the run's. */
  private static Map<String, Object> own(Seeds seeds) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("weights", seeds.weights());
    given.put("order", seeds.order());
    given.put("noise", seeds.noise());
    given.put("rest", seeds.rest());
    given.values().removeIf(Objects::isNull);
    return given;
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

  /** Records which checkpoint is kept as the best; {@link #end} writes it. */
  void best(KeepBest wanted, long step, double figure) {
    Map<String, Object> best = new LinkedHashMap<>();
    best.put("by", wanted.by());
    best.put("step", step);
    best.put("figure", figure);
    facts.put("best", best);
  }

  /**
   * Records the end.
   *
   * @param mayBeRetried whether it diverged and may go back once more
   */
  void end(Ending ending, long step, boolean mayBeRetried) throws IOException {
    if (mayBeRetried) {
      facts.put(MAY_BE_RETRIED, true);
    }
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
