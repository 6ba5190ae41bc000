package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.LateStart;
import dev.sparring.train.Progress;
import dev.sparring.train.Retry;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of one run that another run begins from, with a recipe that may be changed. Steps,
 * updates, moments of optimizers, averages and random numbers go on where the first run was, so a
 * fork of an unchanged recipe has the bits of that run, resumed.
 *
 * <p>Tensors that both have are taken over; one whose shape differs is refused. Those that are new
 * begin as at a first step, see {@link LateStart}; those that are gone are left out. {@link #begin}
 * names both. The new run's directory begins with the figures and findings up to the fork, and its
 * {@code run.json} says where it was forked from.
 *
 * <pre>{@code
 * Fork fork = Fork.of(Path.of("runs/digits/seed-42/checkpoints/000500"));
 * Training training = Training.of(changed, engine);
 * String line = fork.begin(training);
 * training.listen(RunRecorder.fresh(directory, recorded).forked(fork)).run();
 * }</pre>
 */
public final class Fork {
  private static final String KEY = "fork";
  private static final String RUN = "run";
  private static final String STEP = "step";
  private static final String STATE = "sha256";
  private static final String RETRIES = "retries";
  private static final String POOL = "pool.";
  private static final int MOST_SHOWN = 3;

  private final RunDirectory run;
  private final Checkpoint checkpoint;
  private final CheckpointState state;
  private final String sha256;
  private final String skipped;
  private final List<Retry> undone;
  private @Nullable Past past;

  private Fork(RunDirectory run, Checkpoint checkpoint, String skipped) {
    this.run = run;
    this.checkpoint = checkpoint;
    this.skipped = skipped;
    state = checkpoint.state();
    undone = List.of();
    sha256 = sha256(checkpoint);
  }

  /** The same without its last retries. */
  private Fork(Fork other, int retries) {
    run = other.run;
    checkpoint = other.checkpoint;
    skipped = other.skipped;
    sha256 = other.sha256;
    Progress progress = other.state.progress();
    List<Retry> all = progress.retries();
    state = other.state.progress(progress.retries(all.subList(0, retries)));
    undone = List.copyOf(all.subList(retries, all.size()));
  }

  /**
   * Where a run was forked from, as its {@code run.json} says.
   *
   * @param run the directory as it was named then
   * @param step of the checkpoint
   * @param sha256 of the checkpoint's {@code state.json}, which has the sums of its other files
   * @param retries how often the run had gone back after a divergence, of what the fork goes on
   *     with
   */
  public record Origin(String run, long step, String sha256, int retries) {}

  /**
   * A checkpoint to fork from.
   *
   * @param place a run directory, whose newest whole checkpoint is taken, or a checkpoint in it,
   *     {@code RUN/checkpoints/STEP}
   * @throws RunException if it is neither, or damaged
   */
  public static Fork of(Path place) {
    RunDirectory run = new RunDirectory(place);
    if (run.isUsed()) {
      CheckpointSearch search = CheckpointSearch.of(run, Set.of());
      if (run.checkpointSteps().isEmpty()) {
        throw new RunException(place + ": has no checkpoint to fork from");
      }
      return new Fork(
          run,
          search.whole().orElseThrow(() -> run.damaged(search.problems(), search)),
          search.problems());
    }
    RunDirectory above = new Checkpoint(place).run();
    Path parent = place.toAbsolutePath().normalize().getParent();
    for (long step : above.checkpointSteps()) {
      if (above.checkpoints().toAbsolutePath().normalize().equals(parent)
          && place.endsWith(RunDirectory.name(step))) {
        return new Fork(above, above.whole(OptionalLong.of(step)), "");
      }
    }
    throw new RunException(
        place
            + ": no run and no checkpoint here; expected a run directory, or RUN/checkpoints/STEP");
  }

  /** Where a run was forked from; empty if it began at its first step. */
  public static Optional<Origin> recorded(RunDirectory run) {
    if (Files.exists(run.provenance())
        && RunSummary.facts(run).get(KEY) instanceof Map<?, ?> fork
        && fork.get(RUN) instanceof String from
        && fork.get(STEP) instanceof Number step
        && fork.get(STATE) instanceof String sum) {
      int retries = fork.get(RETRIES) instanceof Number count ? count.intValue() : 0;
      return Optional.of(new Origin(from, step.longValue(), sum, retries));
    }
    return Optional.empty();
  }

  /** What a run that begins here records. */
  public Origin origin() {
    return new Origin(run.path().toString(), step(), sha256, state.progress().retries().size());
  }

  /**
   * The same checkpoint with only the first of its returns after divergences: a fork goes on as the
   * run did before the next one, into that divergence.
   *
   * @throws RunException if the checkpoint has fewer
   */
  public Fork retries(int count) {
    int all = state.progress().retries().size();
    if (count < 0 || count > all) {
      throw new RunException(
          checkpoint.path()
              + ": the run had gone back "
              + all
              + (all == 1 ? " time" : " times")
              + " when it went on from here; expected 0 to "
              + all
              + " retries, got "
              + count);
    }
    return new Fork(this, count);
  }

  /** The run that it forks. */
  public RunDirectory run() {
    return run;
  }

  /** The step of the checkpoint. */
  public long step() {
    return state.progress().step();
  }

  /**
   * Sets a new training to this point.
   *
   * @return what was taken over, what is new, and what was left out, in one line
   * @throws RunException if the checkpoint is damaged, has other networks, or tensors of other
   *     shapes, or if the training has something that cannot begin late; it may have been changed
   *     then
   */
  public String begin(Training training) {
    checkpoint.requireWhole(training);
    Difference difference;
    try {
      difference = difference(training);
    } catch (SafetensorsException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
    requirePool(difference.fresh());
    read(training);
    if (!difference.fresh().isEmpty()) {
      try {
        LateStart.of(training, difference.fresh());
      } catch (IllegalArgumentException e) {
        throw new RunException(String.valueOf(e.getMessage()), e);
      }
      // A normalization begins as a whole, also if only one of its tensors is new.
      read(training);
    }
    training.resume(state.progress());
    Past read = history(line(difference, training));
    past = read;
    return read.line();
  }

  /** Names of tensors that only one of both has. */
  private record Difference(int taken, Set<String> fresh, Set<String> gone) {}

  private Difference difference(Training training) {
    int[] taken = new int[1];
    Set<String> fresh = new TreeSet<>();
    Set<String> gone = new TreeSet<>();
    training
        .tensors()
        .forEach(
            (group, targets) -> {
              Safetensors file = open(group);
              Set<String> names = file.names();
              targets.forEach(
                  (name, target) -> {
                    if (names.contains(name)) {
                      file.requireShape(name, target.shape());
                      taken[0]++;
                    } else {
                      fresh.add(name);
                    }
                  });
              names.stream().filter(name -> !targets.containsKey(name)).forEach(gone::add);
            });
    return new Difference(taken[0], fresh, gone);
  }

  private Safetensors open(String group) {
    return Safetensors.open(checkpoint.file(group));
  }

  private void read(Training training) {
    Map<String, Map<String, Tensor>> groups = training.tensors();
    groups.forEach((group, targets) -> open(group).restoreKnown(targets, training.engine()));
  }

  /**
   * How full a pool is follows from the number of batches, so a new one would be taken for full.
   */
  private void requirePool(Set<String> fresh) {
    long slots = fresh.stream().filter(name -> name.startsWith(POOL)).count();
    if (slots > 0 && step() > 0) {
      throw new RunException(
          "discriminator.pool: "
              + slots
              + " samples of the pool are not in "
              + checkpoint.path()
              + ", and would be empty; keep the run's size, or fork from step 0");
    }
  }

  private StringBuilder line(Difference difference, Training training) {
    StringBuilder line = new StringBuilder();
    line.append(run.path()).append(": forked at step ").append(step()).append(", ");
    int all = difference.taken() + difference.gone().size();
    line.append(
        difference.gone().isEmpty()
            ? "all " + all + " tensors taken over"
            : difference.taken() + " of " + all + " tensors taken over");
    if (!skipped.isEmpty()) {
      line.append("; ").append(skipped);
    }
    if (!undone.isEmpty()) {
      line.append("; as it went on before it ").append(undone.get(0));
    }
    if (!difference.fresh().isEmpty()) {
      line.append("; new, as at a first step: ").append(some(difference.fresh()));
    }
    if (!difference.gone().isEmpty()) {
      line.append("; left out: ").append(some(difference.gone()));
    }
    if (Files.exists(run.provenance())
        && RunSummary.facts(run).get(RunData.DATA) instanceof String data
        && !data.equals(training.data().fingerprint())) {
      line.append("; other data than that run's, of SHA-256 ").append(data);
    }
    return line;
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - MOST_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /**
   * The rows and findings up to here.
   *
   * @param line receives what is wrong with them
   */
  private Past history(StringBuilder line) {
    try {
      MetricsRows rows = MetricsRows.read(run.metrics(), step(), state.metrics());
      rows.damage().forEach(damage -> line.append("; metrics.csv: ").append(damage));
      Findings.Lines lines = Findings.read(run.findings(), step());
      if (lines.damaged() > 0) {
        line.append("; damaged lines of findings.txt left out: ").append(lines.damaged());
      }
      return new Past(rows, withoutUndone(lines), line.toString());
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.path(), "cannot be read"), e);
    }
  }

  private Findings.Lines withoutUndone(Findings.Lines lines) {
    List<String> kept =
        lines.kept().stream()
            .filter(line -> undone.stream().noneMatch(retry -> line.endsWith(": " + retry)))
            .toList();
    return new Findings.Lines(kept, lines.later(), lines.damaged());
  }

  /**
   * What a run was before it was forked.
   *
   * @param line what {@link #begin} said
   */
  private record Past(MetricsRows rows, Findings.Lines lines, String line) {}

  private Past past() {
    if (past == null) {
      throw new IllegalStateException("the training was not set to the fork by begin");
    }
    return past;
  }

  /** Copies the rows and findings up to here into a new run, and has detectors hear them. */
  Resumption.Prepared past(RunHold hold, Training training, BestCheckpoint best)
      throws IOException {
    RunDirectory own = hold.directory();
    Metrics metrics = Metrics.resume(own.metrics(), past().rows(), training.figures());
    Findings findings = Findings.copied(own.findings(), past().lines());
    new Resumption(hold, step()).recall(training, findings, best);
    return new Resumption.Prepared(metrics, findings);
  }

  /** Adds the fact for {@code run.json}. */
  void describe(Map<String, Object> facts) {
    Origin origin = origin();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(RUN, origin.run());
    json.put(STEP, origin.step());
    json.put(STATE, origin.sha256());
    if (origin.retries() > 0) {
      json.put(RETRIES, origin.retries());
    }
    json.put("tensors", past().line());
    facts.put(KEY, json);
  }

  private static String sha256(Checkpoint checkpoint) {
    Path file = checkpoint.path().resolve(CheckpointState.FILE);
    try {
      return Sha256.of(RegularFile.bytes(file));
    } catch (IOException e) {
      throw new RunException(Reason.line(e, file, "cannot be read"), e);
    }
  }
}
