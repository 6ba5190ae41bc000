package dev.sparring.run;

import dev.sparring.file.FolderLock;
import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run at a glance, from what is quick to read: {@code run.json}, the end of {@code metrics.csv}
 * and measurements. A damaged run has one too, with what can still be read.
 *
 * @param directory where it is
 * @param name the recipe's; the folder's if no file says it
 * @param seed if a file says it
 * @param state how far it is
 * @param step the last complete step, as far as files say
 * @param steps how many its recipe has
 * @param start when it was begun
 * @param data the fingerprint of its data; empty if no file says it
 * @param conditions how figures of {@code metrics.csv} were measured
 * @param figures the last number of each column of {@code metrics.csv}, and of measurements that
 *     were made after the training
 * @param damage what is missing or cannot be read, a line each
 */
public record RunOverview(
    RunDirectory directory,
    String name,
    OptionalLong seed,
    RunState state,
    long step,
    OptionalLong steps,
    Optional<Instant> start,
    String data,
    List<String> conditions,
    Map<String, Double> figures,
    List<String> damage) {
  /** Copies the collections. */
  public RunOverview {
    conditions = List.copyOf(conditions);
    figures = Map.copyOf(figures);
    damage = List.copyOf(damage);
  }

  /** Reads it; whatever is damaged is said in {@link #damage}. */
  public static RunOverview of(RunDirectory run) {
    return new Reading(run).overview();
  }

  /** Collects what can be read. */
  private static final class Reading {
    private final RunDirectory run;
    private final List<String> damage = new ArrayList<>();
    private final Map<String, Double> figures = new HashMap<>();

    Reading(RunDirectory run) {
      this.run = run;
    }

    RunOverview overview() {
      Map<String, Object> facts = facts();
      RunState state = state(facts);
      MetricsTail tail = tail();
      boolean isOver =
          state != RunState.RUNNING && state != RunState.KILLED && state != RunState.UNKNOWN;
      long recorded = ProvenanceCheck.whole(facts.get("lastStep"), 0).orElse(0);
      if (isOver && recorded > 0 && !Files.exists(run.metrics())) {
        damage.add(run.metrics() + ": no such file, though " + recorded + " steps are done");
      }
      if (state == RunState.COMPLETED || state == RunState.STOPPED) {
        tail.torn().ifPresent(damage::add);
      }
      figures.putAll(tail.figures());
      evaluations();
      return new RunOverview(
          run,
          facts.get("name") instanceof String name ? name : folderName(),
          number(facts, "seed"),
          damage.isEmpty() ? state : RunState.DAMAGED,
          isOver && recorded > 0 ? recorded : Math.max(tail.step(), lastCheckpoint()),
          ProvenanceCheck.whole(facts.get("steps"), 1),
          start(facts),
          facts.get(RunData.DATA) instanceof String data ? data : "",
          conditions(facts),
          figures,
          damage);
    }

    private Map<String, Object> facts() {
      if (!Files.exists(run.provenance())) {
        // A training has the lock before it writes its first file.
        if (!isHeld()) {
          damage.add(run.provenance() + ": no such file, so nothing says what ran");
        }
        return Map.of();
      }
      try {
        return RunSummary.facts(run);
      } catch (RunException e) {
        damage.add(e.getMessage());
        return Map.of();
      }
    }

    private RunState state(Map<String, Object> facts) {
      if (facts.isEmpty()) {
        return isHeld() ? RunState.RUNNING : RunState.DAMAGED;
      }
      try {
        String status = RunSummary.of(run, facts).status();
        if (status.equals(RunState.RUNNING.word()) && !FolderLock.isKnown(run.path())) {
          return RunState.UNKNOWN;
        }
        return RunState.valueOf(status.toUpperCase(Locale.ROOT));
      } catch (RunException e) {
        damage.add(e.getMessage());
        return RunState.DAMAGED;
      }
    }

    private boolean isHeld() {
      try {
        return FolderLock.holder(run.path()).isPresent();
      } catch (IOException e) {
        damage.add(Reason.line(e, run.path(), "cannot be read"));
        return false;
      }
    }

    private MetricsTail tail() {
      try {
        return MetricsTail.of(run);
      } catch (RunException e) {
        damage.add(e.getMessage());
        return new MetricsTail(0, Map.of(), Optional.empty());
      }
    }

    private void evaluations() {
      try {
        Map<String, Double> measured = new HashMap<>();
        // The latest step comes last.
        RecordedEvaluation.all(run).forEach(one -> measured.putAll(one.figures()));
        measured.forEach(figures::putIfAbsent);
      } catch (RunException e) {
        damage.add(e.getMessage());
      }
    }

    private long lastCheckpoint() {
      try {
        List<Long> steps = run.checkpointSteps();
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
      } catch (RunException e) {
        damage.add(e.getMessage());
        return 0;
      }
    }

    private static OptionalLong number(Map<String, Object> facts, String key) {
      return facts.get(key) instanceof Number number
          ? OptionalLong.of(number.longValue())
          : OptionalLong.empty();
    }

    private static Optional<Instant> start(Map<String, Object> facts) {
      try {
        return facts.get("start") instanceof String start
            ? Optional.of(Instant.parse(start))
            : Optional.empty();
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    private static List<String> conditions(Map<String, Object> facts) {
      return facts.get("conditions") instanceof List<?> all
          ? all.stream().map(String::valueOf).toList()
          : List.of();
    }

    private String folderName() {
      Path name = run.path().toAbsolutePath().normalize().getFileName();
      return name == null ? run.path().toString() : name.toString();
    }
  }
}
