package dev.sparring.run;

import dev.sparring.train.Finding;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prepares a run directory for going on after a step: what is of later steps is taken out, what is
 * damaged is kept aside, and what a kill left half done is finished or removed. Nothing that will
 * not come again the same is deleted.
 *
 * <p>Going on from the newest checkpoint, rows and findings of later steps are deleted: these steps
 * are trained again. Going on from an older one, or otherwise after a divergence, the later
 * checkpoints and pictures are moved aside, and the files of metrics and findings are copied there
 * as they were.
 */
final class Resumption {
  private final RunDirectory run;
  private final RunHold hold;
  private final long step;
  private final Aside aside;

  Resumption(RunHold hold, long step) {
    this.run = hold.directory();
    this.hold = hold;
    this.step = step;
    aside = new Aside(run);
  }

  /** What a run is recorded to from here on. */
  record Prepared(Metrics metrics, Findings findings) {}

  /** Changes the directory; says what was changed. */
  Prepared prepare(Training training) throws IOException {
    Leftovers.delete(run);
    Optional<CheckpointState.RowsSum> expected =
        run.checkpoint(step).exists() ? run.checkpoint(step).state().metrics() : Optional.empty();
    MetricsRows rows = MetricsRows.read(run.metrics(), step, expected);
    Findings.Lines lines = Findings.read(run.findings(), step);
    List<Long> later = run.checkpointSteps().stream().filter(s -> s > step).toList();
    if (later.isEmpty() && !isRetried(training)) {
      again(rows.later(), "row", run.metrics());
    } else {
      takeOut(later, rows.later(), lines.later());
    }
    damage(rows);
    if (lines.damaged() > 0) {
      aside.copy(run.findings());
      hold.say(
          run.findings()
              + ": "
              + count(lines.damaged(), "damaged line")
              + " left out; the file as it was is kept in "
              + aside.name());
    }
    Metrics metrics = Metrics.resume(run.metrics(), rows, training.figures());
    Findings findings = Findings.resume(run.findings(), lines);
    return new Prepared(metrics, findings);
  }

  /** Whether what is later belongs to an attempt that was given up, and will not come again. */
  private boolean isRetried(Training training) {
    return training.progress().retries().stream().anyMatch(retry -> retry.from() == step);
  }

  private void again(int count, String what, Path file) {
    if (count > 0) {
      hold.say(file + ": " + count(count, what) + " after step " + step + ", trained again");
    }
  }

  private void takeOut(List<Long> later, int rows, int findings) throws IOException {
    List<String> taken = new ArrayList<>();
    // In this order, newest checkpoint first: wherever a kill comes, the newest checkpoint that is
    // left has its rows and pictures.
    if (rows > 0) {
      aside.copy(run.metrics());
      taken.add(count(rows, "row") + " of metrics");
    }
    if (findings > 0) {
      aside.copy(run.findings());
      taken.add(count(findings, "finding"));
    }
    for (int i = later.size() - 1; i >= 0; i--) {
      aside.move(run.checkpoint(later.get(i)).path());
    }
    if (!later.isEmpty()) {
      taken.add(count(later.size(), "checkpoint"));
    }
    List<Long> pictures = run.sampleSteps().stream().filter(s -> s > step).toList();
    for (long one : pictures) {
      aside.move(run.samples(one));
    }
    if (!pictures.isEmpty()) {
      taken.add(count(pictures.size(), "picture"));
    }
    if (taken.isEmpty()) {
      return;
    }
    hold.say(
        run.path()
            + ": "
            + String.join(", ", taken)
            + " after step "
            + step
            + " moved to "
            + aside.name());
  }

  private void damage(MetricsRows rows) throws IOException {
    if (rows.damage().isEmpty()) {
      return;
    }
    String kept = "";
    if (Files.exists(run.metrics())) {
      aside.copy(run.metrics());
      kept = "; the file as it was is kept in " + aside.name();
    }
    if (rows.header().isEmpty()) {
      Files.deleteIfExists(run.metrics());
    }
    hold.say(run.metrics() + ": " + String.join("; ", rows.damage()) + kept);
  }

  /**
   * Passes the recorded rows to the detectors; steps without a row are unknown to them. Findings of
   * the last step are recorded if a kill came between the checkpoint and them.
   */
  void recall(Training training, Findings findings, BestCheckpoint best) throws IOException {
    if (!Files.exists(run.metrics())) {
      return;
    }
    List<Finding> missed = new ArrayList<>();
    MetricsTable.read(
        run,
        row -> {
          best.hear(row.step(), row.figures());
          training.recall(new Step(row.step(), row.seconds(), row.figures())).stream()
              .filter(finding -> finding.step() == step && !findings.has(finding))
              .forEach(missed::add);
        });
    for (Finding finding : missed) {
      findings.append(finding);
    }
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
