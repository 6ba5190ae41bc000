package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Reason;
import dev.sparring.recipe.Output;
import dev.sparring.train.Ending;
import dev.sparring.train.Finding;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a training's run directory: metrics, pictures and checkpoints as set by the recipe's {@link
 * Output}.
 *
 * <p>There are a checkpoint and a picture of step 0, so that a run that diverges early has them
 * too. A run that completes or is stopped writes the checkpoint and picture of its last step; one
 * that diverges or fails keeps its last complete checkpoint.
 */
public final class RunRecorder implements TrainingListener {
  private final RunDirectory directory;
  private final RecordedRecipe recipe;
  private final boolean resumed;
  private @Nullable Metrics metrics;
  private @Nullable Findings findings;
  private @Nullable Provenance provenance;
  private @Nullable Step last;
  private long recordedStep = -1;
  private long pictureStep = -1;
  private long checkpointStep = -1;

  private RunRecorder(RunDirectory directory, RecordedRecipe recipe, boolean resumed) {
    this.directory = directory;
    this.recipe = recipe;
    this.resumed = resumed;
  }

  /**
   * Records a new run of a recipe whose text can be read back.
   *
   * @param recipeText the recipe with every default written out, for {@code recipe.yaml}
   * @throws RunException if the directory has a run already
   */
  public static RunRecorder fresh(RunDirectory directory, String recipeText) {
    return fresh(directory, RecordedRecipe.text(recipeText));
  }

  /**
   * Records a new run.
   *
   * @throws RunException if the directory has a run already
   */
  public static RunRecorder fresh(RunDirectory directory, RecordedRecipe recipe) {
    if (directory.isUsed()) {
      throw new RunException(
          directory.path() + ": has a run already; resume it, or name another directory");
    }
    return new RunRecorder(directory, recipe, false);
  }

  /** The same for a recipe whose text can be read back. */
  public static RunRecorder restarted(RunDirectory directory, String recipeText) {
    return restarted(directory, RecordedRecipe.text(recipeText));
  }

  /**
   * Records a run from its first step in a directory where one was begun and left no checkpoint.
   *
   * @throws RunException if the directory has a checkpoint
   */
  public static RunRecorder restarted(RunDirectory directory, RecordedRecipe recipe) {
    if (directory.latest().isPresent()) {
      throw new RunException(directory.path() + ": has a checkpoint; resume the run");
    }
    return new RunRecorder(directory, recipe, false);
  }

  /** The same for a recipe whose text can be read back. */
  public static RunRecorder resumed(RunDirectory directory, String recipeText) {
    return resumed(directory, RecordedRecipe.text(recipeText));
  }

  /** Continues to record a run whose latest checkpoint has been restored. */
  public static RunRecorder resumed(RunDirectory directory, RecordedRecipe recipe) {
    return new RunRecorder(directory, recipe, true);
  }

  @Override
  public void started(Training training) {
    writing(
        () -> {
          Files.createDirectories(directory.checkpoints());
          AtomicFile.writeText(directory.recipe(), recipe.text());
          if (recipe.script().isPresent()) {
            AtomicFile.writeText(directory.script(), recipe.script().get());
          }
          if (resumed) {
            long step = training.progress().step();
            provenance = Provenance.resume(directory.provenance(), training, recipe);
            metrics = Metrics.resume(directory.metrics(), step, training.figures());
            findings = Findings.resume(directory.findings(), step);
            recall(training);
            checkpointStep = step;
          } else {
            provenance = Provenance.fresh(directory.provenance(), training, recipe);
            metrics = Metrics.fresh(directory.metrics(), training.figures());
            findings = Findings.fresh(directory.findings());
            checkpoint(training);
            picture(training);
          }
        });
  }

  /** Passes the recorded rows to the detectors; steps without a row are unknown to them. */
  private void recall(Training training) {
    if (Files.exists(directory.metrics())) {
      MetricsTable.read(
          directory, row -> training.recall(new Step(row.step(), row.seconds(), row.figures())));
    }
  }

  @Override
  public void stepped(Training training, Step step) {
    Output output = training.recipe().output();
    last = step;
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
              provenance.end(ending, training.progress().step());
            }
          });
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
    long step = training.progress().step();
    Checkpoint.write(directory.checkpoint(step).path(), training);
    checkpointStep = step;
    List<Long> steps = directory.checkpointSteps();
    int surplus = steps.size() - training.recipe().output().keepCheckpoints();
    for (int i = 0; i < surplus; i++) {
      Checkpoint.delete(directory.checkpoint(steps.get(i)).path());
    }
  }

  private void writing(IoAction action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new RunException(directory.path() + ": cannot be written: " + Reason.of(e), e);
    }
  }

  /** An action that writes files. */
  private interface IoAction {
    void run() throws IOException;
  }
}
