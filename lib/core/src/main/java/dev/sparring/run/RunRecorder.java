package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Reason;
import dev.sparring.recipe.Divergence;
import dev.sparring.recipe.KeepBest;
import dev.sparring.recipe.Output;
import dev.sparring.train.Ending;
import dev.sparring.train.Finding;
import dev.sparring.train.Retry;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a training's run directory: metrics, pictures and checkpoints as set by the recipe's {@link
 * Output}.
 *
 * <p>It holds the directory ({@link RunHold}) until the training has ended, so that no other
 * training writes there.
 *
 * <p>There are a checkpoint and a picture of step 0, so that a run that diverges early has them
 * too. A run that completes or is stopped writes the checkpoint and picture of its last step; one
 * that diverges or fails keeps its last complete checkpoint.
 */
public final class RunRecorder implements TrainingListener, AutoCloseable {
  private final RunHold hold;
  private final boolean ownsHold;
  private final RunDirectory directory;
  private final RecordedRecipe recipe;
  private final boolean resumed;
  private @Nullable Fork fork;
  private BestCheckpoint best = new BestCheckpoint(null);
  private @Nullable Metrics metrics;
  private @Nullable Findings findings;
  private @Nullable Provenance provenance;
  private @Nullable Step last;
  private long recordedStep = -1;
  private long pictureStep = -1;
  private long checkpointStep = -1;

  private RunRecorder(RunHold hold, boolean ownsHold, RecordedRecipe recipe, boolean resumed) {
    this.hold = hold;
    this.ownsHold = ownsHold;
    this.directory = hold.directory();
    this.recipe = recipe;
    this.resumed = resumed;
  }

  private static RunRecorder owning(
      RunDirectory directory, Function<RunHold, RunRecorder> recorder) {
    RunHold hold = RunHold.of(directory, line -> {});
    try {
      RunRecorder made = recorder.apply(hold);
      return new RunRecorder(hold, true, made.recipe, made.resumed);
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Records a new run of a recipe whose text can be read back.
   *
   * @param recipeText the recipe with every default written out, for {@code recipe.yaml}; what is
   *     no recipe is refused as the training starts, {@link RecordedRecipe#ofProgram} is for
   *     recipes without text
   * @throws RunException if the directory has a run already
   */
  public static RunRecorder fresh(RunDirectory directory, String recipeText) {
    return fresh(directory, RecordedRecipe.text(recipeText));
  }

  /**
   * Records a new run.
   *
   * @throws RunException if the directory has a run already, or another training writes to it
   */
  public static RunRecorder fresh(RunDirectory directory, RecordedRecipe recipe) {
    requireUnused(directory);
    return owning(directory, hold -> fresh(hold, recipe));
  }

  /** The same in a directory that the caller holds, and gives back after the training. */
  public static RunRecorder fresh(RunHold hold, RecordedRecipe recipe) {
    requireUnused(hold.directory());
    return new RunRecorder(hold, false, recipe, false);
  }

  private static void requireUnused(RunDirectory directory) {
    if (directory.isUsed()) {
      throw new RunException(
          directory.path() + ": has a run already; resume it, or name another directory");
    }
  }

  /** The same for a recipe whose text can be read back. */
  public static RunRecorder restarted(RunDirectory directory, String recipeText) {
    return restarted(directory, RecordedRecipe.text(recipeText));
  }

  /**
   * Records a run from its first step in a directory where one was begun and left no checkpoint.
   *
   * @throws RunException if the directory has a checkpoint, or another training writes to it
   */
  public static RunRecorder restarted(RunDirectory directory, RecordedRecipe recipe) {
    return owning(directory, hold -> restarted(hold, recipe));
  }

  /** The same in a directory that the caller holds, and gives back after the training. */
  public static RunRecorder restarted(RunHold hold, RecordedRecipe recipe) {
    RunDirectory directory = hold.directory();
    if (directory.latest().isPresent()) {
      throw new RunException(directory.path() + ": has a checkpoint; resume the run");
    }
    return new RunRecorder(hold, false, recipe, false);
  }

  /** The same for a recipe whose text can be read back. */
  public static RunRecorder resumed(RunDirectory directory, String recipeText) {
    return resumed(directory, RecordedRecipe.text(recipeText));
  }

  /**
   * Continues to record a run, one of whose checkpoints has been restored. Programs that share
   * directories restore it by a {@link RunHold}, so that nothing changes between the two.
   *
   * @throws RunException if another training writes to the directory
   */
  public static RunRecorder resumed(RunDirectory directory, RecordedRecipe recipe) {
    return owning(directory, hold -> resumed(hold, recipe));
  }

  /**
   * The same in a directory that the caller holds, and gives back after the training. Whatever is
   * of later steps than the training's is taken out as it starts, which is said.
   */
  public static RunRecorder resumed(RunHold hold, RecordedRecipe recipe) {
    return new RunRecorder(hold, false, recipe, true);
  }

  /**
   * The same for a new run that begins with another's figures and findings up to a fork.
   *
   * @param fork that the training was set to
   */
  public RunRecorder forked(Fork fork) {
    this.fork = fork;
    return this;
  }

  @Override
  public void started(Training training) {
    KeepBest keepBest = training.recipe().output().keepBest();
    if (keepBest != null && !training.figures().contains(keepBest.by())) {
      throw new RunException(
          "output.keepBest.by: metrics will have no column '"
              + keepBest.by()
              + "', only "
              + String.join(", ", training.figures()));
    }
    recipe.requireRecipe(training.recipe().name());
    best = new BestCheckpoint(keepBest);
    boolean isAgain = hold.use();
    writing(
        () -> {
          // What refuses comes before anything is changed.
          provenance =
              resumed
                  ? Provenance.resume(directory.provenance(), training, recipe, isAgain)
                  : Provenance.fresh(directory.provenance(), training, recipe, fork);
          Files.createDirectories(directory.checkpoints());
          if (resumed) {
            resume(training, provenance);
          } else {
            Leftovers.delete(directory);
            writeRecipe();
            provenance.begin(hold.notes());
            Resumption.Prepared begun = begun(training);
            metrics = begun.metrics();
            findings = begun.findings();
            checkpoint(training);
            picture(training);
          }
        });
  }

  /** What a new run is recorded to. */
  private Resumption.Prepared begun(Training training) throws IOException {
    return fork != null
        ? fork.past(hold, training, best)
        : new Resumption.Prepared(
            Metrics.fresh(directory.metrics(), training.figures()),
            Findings.fresh(directory.findings()));
  }

  /** Directly before the record that has its sum. */
  private void writeRecipe() throws IOException {
    if (recipe.hasText()) {
      AtomicFile.writeText(directory.recipe(), recipe.text());
    }
    if (recipe.script().isPresent()) {
      AtomicFile.writeText(directory.script(), recipe.script().get().code());
      for (RecordedScript.Import file : recipe.script().get().imports()) {
        Path kept = directory.imports().resolve(file.name());
        Files.createDirectories(kept.toAbsolutePath().getParent());
        AtomicFile.writeText(kept, file.code());
      }
    }
  }

  private void resume(Training training, Provenance record) throws IOException {
    long step = training.progress().step();
    Resumption resumption = new Resumption(hold, step);
    Resumption.Prepared prepared = resumption.prepare(training);
    metrics = prepared.metrics();
    findings = prepared.findings();
    resumption.recall(training, prepared.findings(), best);
    for (Retry retry : training.progress().retries()) {
      Finding finding = new Finding(Math.min(retry.from(), step), retry.toString());
      if (!prepared.findings().has(finding)) {
        prepared.findings().append(finding);
      }
    }
    checkpointStep = step;
    // A kill may have come between a checkpoint and this.
    prune(training);
    Output output = training.recipe().output();
    boolean isDue = step % output.samplesEvery() == 0 || step == training.recipe().train().steps();
    // A kill may have come between the checkpoint and its picture.
    if (isDue && !Files.exists(directory.samples(step)) && directory.checkpoint(step).exists()) {
      picture(training);
      if (Files.exists(directory.samples(step))) {
        hold.say(directory.samples(step) + ": was missing and is drawn now");
      }
    }
    writeRecipe();
    record.begin(hold.notes());
  }

  @Override
  public void stepped(Training training, Step step) {
    Output output = training.recipe().output();
    last = step;
    best.hear(step.number(), step.figures());
    writing(
        () -> {
          if (step.isRecorded(output)) {
            record(step);
          }
          // The checkpoint comes first, so that it is written even if the picture fails.
          if (step.number() % output.checkpointsEvery() == 0) {
            checkpoint(training);
          }
          if (step.number() % output.samplesEvery() == 0) {
            picture(training);
          }
        });
  }

  @Override
  public void found(Training training, Finding finding) {
    writing(
        () -> {
          if (findings != null) {
            findings.append(finding);
          }
        });
  }

  @Override
  public void ended(Training training, Ending ending) {
    try {
      keepLast(training, ending);
    } finally {
      writing(
          () -> {
            if (provenance != null) {
              sayBest(training, provenance);
              provenance.end(ending, training.progress().step(), mayBeRetried(training, ending));
            }
          });
      close();
    }
  }

  private static boolean mayBeRetried(Training training, Ending ending) {
    Divergence divergence = training.recipe().divergence();
    return ending == Ending.DIVERGED
        && divergence.retries()
        && training.progress().retries().size() < divergence.times();
  }

  private void sayBest(Training training, Provenance record) {
    KeepBest keepBest = training.recipe().output().keepBest();
    if (keepBest == null) {
      return;
    }
    best.of(directory.checkpointSteps())
        .ifPresentOrElse(
            found -> record.best(keepBest, found.getKey(), found.getValue()),
            () -> {
              String line =
                  "output.keepBest: no step with a checkpoint had a figure "
                      + keepBest.by()
                      + ", so none was kept as the best";
              hold.say(line);
              record.note(line);
            });
  }

  /**
   * Gives the directory back if this recorder took it. The end of a training does so; a program
   * calls it if its training never starts.
   */
  @Override
  public void close() {
    if (ownsHold) {
      hold.close();
    }
  }

  private void keepLast(Training training, Ending ending) {
    writing(
        () -> {
          if (last != null && last.number() != recordedStep) {
            record(last);
          }
          long step = training.progress().step();
          if (ending == Ending.COMPLETED || ending == Ending.STOPPED) {
            if (step != checkpointStep) {
              checkpoint(training);
            }
            if (step != pictureStep) {
              picture(training);
            }
          }
        });
  }

  private void record(Step step) throws IOException {
    if (metrics != null) {
      metrics.append(step);
    }
    recordedStep = step.number();
  }

  private void picture(Training training) throws IOException {
    long step = training.progress().step();
    SamplePicture.write(training, directory.samples(step));
    pictureStep = step;
  }

  private void checkpoint(Training training) throws IOException {
    if (metrics == null) {
      return;
    }
    long step = training.progress().step();
    metrics.sync();
    Checkpoint.write(directory.checkpoint(step).path(), training, metrics.sum());
    checkpointStep = step;
    prune(training);
  }

  private void prune(Training training) throws IOException {
    List<Long> steps = directory.checkpointSteps();
    long bestStep = best.of(steps).map(Map.Entry::getKey).orElse(-1L);
    int surplus = steps.size() - training.recipe().output().keepCheckpoints();
    for (int i = 0; i < surplus; i++) {
      if (steps.get(i) != bestStep) {
        directory.checkpoint(steps.get(i)).remove();
      }
    }
  }

  private void writing(IoAction action) {
    try {
      hold.check();
      action.run();
    } catch (IOException e) {
      throw new RunException(Reason.line(e, directory.path(), "cannot be written"), e);
    }
  }

  /** An action that writes files. */
  private interface IoAction {
    void run() throws IOException;
  }
}
