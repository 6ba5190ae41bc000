package dev.sparring.tensorboard;

import dev.sparring.file.Reason;
import dev.sparring.recipe.Output;
import dev.sparring.run.RunException;
import dev.sparring.run.SamplePicture;
import dev.sparring.train.Ending;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a training into an event file for TensorBoard: every figure of a step as a
 * scalar and samples as a picture, as often as the recipe's {@link Output} says. These are the rows
 * of a run's metrics.csv and the pictures of its samples/. They are in the file as soon as their
 * step is over.
 *
 * <pre>
 * loss/d, loss/g                      figures of the whole game: loss_d, loss_g
 * d/real, d/fake                      d_real, d_fake
 * grad_norm/discriminator.0.weight    figures with a path: grad_norm.discriminator.0.weight
 * samples                             the picture, of step 0 too
 * </pre>
 *
 * <p>A resumed training gets a file of its own, which says from which step on it counts: if steps
 * were trained twice, TensorBoard shows the later ones.
 *
 * <p>A file that cannot be written ends the training with a {@link RunException} that names it.
 */
public final class TensorBoardListener implements TrainingListener {
  private final Path folder;
  private final Opening opening;
  private @Nullable EventFile file;
  private @Nullable Step last;
  private long recordedStep = -1;
  private long pictureStep = -1;

  /**
   * Listens to one training.
   *
   * @param folder where the event file goes; created if necessary
   */
  public TensorBoardListener(Path folder) {
    this(folder, EventFile::create);
  }

  TensorBoardListener(Path folder, Opening opening) {
    this.folder = folder;
    this.opening = opening;
  }

  @Override
  public void started(Training training) {
    long done = training.progress().step();
    writing(
        () -> {
          EventFile begun = opening.in(folder, done == 0 ? 0 : done + 1);
          file = begun;
          if (done == 0) {
            picture(begun, training);
          }
        });
  }

  @Override
  public void stepped(Training training, Step step) {
    Output output = training.recipe().output();
    last = step;
    writing(
        () -> {
          if (file == null) {
            return;
          }
          if (step.isRecorded(output)) {
            record(file, step);
          }
          if (step.number() % output.samplesEvery() == 0) {
            picture(file, training);
          }
        });
  }

  @Override
  public void ended(Training training, Ending ending) {
    writing(
        () -> {
          if (file == null) {
            return;
          }
          try (EventFile closing = file) {
            if (last != null && last.number() != recordedStep) {
              record(closing, last);
            }
            boolean whole = ending == Ending.COMPLETED || ending == Ending.STOPPED;
            if (last != null && whole && last.number() != pictureStep) {
              picture(closing, training);
            }
          }
        });
  }

  private void record(EventFile file, Step step) throws IOException {
    file.scalars(Instant.now(), step.number(), Tags.of(step.figures()));
    recordedStep = step.number();
  }

  private void picture(EventFile file, Training training) throws IOException {
    long step = training.progress().step();
    Optional<BufferedImage> picture = SamplePicture.of(training);
    if (picture.isPresent()) {
      file.image(Instant.now(), step, Tags.SAMPLES, picture.get());
    }
    pictureStep = step;
  }

  private void writing(IoAction action) {
    try {
      action.run();
    } catch (IOException e) {
      Path place = file == null ? folder : file.path();
      throw new RunException(place + ": cannot be written: " + Reason.of(e), e);
    }
  }

  /** Begins an event file. */
  interface Opening {
    EventFile in(Path folder, long step) throws IOException;
  }

  /** An action that writes files. */
  private interface IoAction {
    void run() throws IOException;
  }
}
