package dev.sparring.tensorboard;

import static dev.sparring.data.Digits.digits;
import static dev.sparring.data.Ring.ring;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.recipe.Output.output;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.MetricsTable;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunException;
import dev.sparring.run.RunRecorder;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.torch.TorchEngine;
import dev.sparring.train.Ending;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

class TensorBoardListenerTest {
  @TempDir Path folder;

  private final Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32);

  @AfterEach
  void close() {
    engine.close();
  }

  private static Recipe recipe(int steps, Output output) {
    return Gan.named("small")
        .data(digits())
        .generator(g -> g.latent(4).layers(dense(64), reshape(4, 4, 4), convTranspose(1), tanh()))
        .discriminator(d -> d.layers(conv(4).stride(2), leakyRelu(), flatten(), dense(1)))
        .train(Train.train().steps(steps).batch(8))
        .output(output.sampleCount(4))
        .build();
  }

  /** TensorBoard shows exactly metrics.csv and samples/. */
  private static void assertShown(RunDirectory run, Path events) throws IOException {
    Map<String, NavigableMap<Long, Summary.Value>> shown = Reading.shown(events);
    MetricsTable metrics = MetricsTable.of(run);
    Map<String, Map<Long, Float>> expected = new TreeMap<>();
    for (MetricsTable.Row row : metrics.rows()) {
      row.figures()
          .forEach(
              (figure, value) ->
                  expected
                      .computeIfAbsent(Tags.of(figure), t -> new TreeMap<>())
                      .put(row.step(), value.floatValue()));
    }
    Map<String, Map<Long, Float>> scalars = new TreeMap<>();
    shown.forEach(
        (tag, series) -> {
          if (!tag.equals("samples")) {
            Map<Long, Float> numbers = new TreeMap<>();
            series.forEach((step, v) -> numbers.put(step, v.getSimpleValue()));
            scalars.put(tag, numbers);
          }
        });
    assertTrue(scalars.keySet().containsAll(Set.of("loss/d", "loss/g")), scalars.toString());
    assertEquals(expected, scalars);
    NavigableMap<Long, Summary.Value> pictures = shown.get("samples");
    assertEquals(run.sampleSteps(), List.copyOf(pictures.keySet()));
    for (long step : run.sampleSteps()) {
      assertArrayEquals(
          Files.readAllBytes(run.samples(step)),
          pictures.get(step).getImage().getEncodedImageString().toByteArray());
    }
  }

  @Test
  void aRunShowsItsMetricsAndPictures() throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Instant before = Instant.now();
    Training.of(recipe(7, output().metricsEvery(3).samplesEvery(2)), engine)
        .listen(RunRecorder.fresh(run, RecordedRecipe.ofProgram()))
        .listen(new TensorBoardListener(run.tensorboard()))
        .run();
    Instant after = Instant.now();
    assertShown(run, run.tensorboard());
    Map<String, NavigableMap<Long, Summary.Value>> shown = Reading.shown(run.tensorboard());
    assertEquals(Set.of(3L, 6L, 7L), shown.get("loss/g").keySet());
    assertEquals(Set.of(0L, 2L, 4L, 6L, 7L), shown.get("samples").keySet());
    for (Event event : Reading.events(Reading.files(run.tensorboard()).get(0))) {
      assertTrue(event.getWallTime() >= before.toEpochMilli() / 1000.0);
      assertTrue(event.getWallTime() <= after.toEpochMilli() / 1000.0 + 0.001);
    }

    Path exported = TensorBoardExport.write(run, folder.resolve("exported"));
    assertEquals(List.of(exported), Reading.files(folder.resolve("exported")));
    assertShown(run, folder.resolve("exported"));
  }

  /** Killed after step 5, then once more after step 7, and resumed from step 4 both times. */
  @Test
  void aRunThatWasKilledAndResumedShowsNoStepTwice() throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Recipe recipe = recipe(8, output().checkpointsEvery(2).keepCheckpoints(9).samplesEvery(3));
    for (int killedBehind : new int[] {5, 7, 100}) {
      Training training = Training.of(recipe, engine);
      RunRecorder recorder;
      if (run.isUsed()) {
        run.checkpoint(4).restore(training);
        recorder = RunRecorder.resumed(run, RecordedRecipe.ofProgram());
      } else {
        recorder = RunRecorder.fresh(run, RecordedRecipe.ofProgram());
      }
      training
          .listen(recorder)
          .listen(new TensorBoardListener(run.tensorboard()))
          .listen(dieBehind(killedBehind));
      if (killedBehind < 8) {
        assertThrows(IllegalStateException.class, training::run);
      } else {
        training.run();
      }
    }
    List<Path> files = Reading.files(run.tensorboard());
    assertEquals(3, files.size());
    assertEquals(5, Reading.events(files.get(2)).get(1).getStep());
    long lossesWritten = 0;
    for (Path file : files) {
      lossesWritten +=
          Reading.events(file).stream()
              .flatMap(e -> e.getSummary().getValueList().stream())
              .filter(v -> v.getTag().equals("loss/d"))
              .count();
    }
    assertEquals(5 + 3 + 4, lossesWritten);
    assertShown(run, run.tensorboard());
  }

  /** A run that starts anew because it had no checkpoint shows nothing of its first try. */
  @Test
  void aRunThatStartsAnewForgetsWhatItShowed() throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Recipe recipe = recipe(2, output().samplesEvery(1));
    Training.of(recipe(4, output()), engine)
        .listen(new TensorBoardListener(run.tensorboard()))
        .run();
    Training.of(recipe, engine)
        .listen(RunRecorder.restarted(run, RecordedRecipe.ofProgram()))
        .listen(new TensorBoardListener(run.tensorboard()))
        .run();
    assertShown(run, run.tensorboard());
  }

  private static TrainingListener dieBehind(long step) {
    return new TrainingListener() {
      @Override
      public void stepped(Training training, Step done) {
        if (done.number() == step) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  @Test
  void stepsCanBeReadWhileTheTrainingGoesOn() {
    Path events = folder.resolve("events");
    List<Long> seen = new ArrayList<>();
    Training.of(recipe(4, output()), engine)
        .listen(new TensorBoardListener(events))
        .listen(
            new TrainingListener() {
              @Override
              public void stepped(Training training, Step step) {
                try {
                  seen.add(Reading.shown(events).get("loss/d").lastKey());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            })
        .run();
    assertEquals(List.of(1L, 2L, 3L, 4L), seen);
  }

  @Test
  void whatAGaugeMeasuredIsWrittenBetweenRowsToo() throws IOException {
    Path events = folder.resolve("events");
    Training training = Training.of(recipe(9, output().metricsEvery(5)), engine);
    TensorBoardListener listener = new TensorBoardListener(events);
    listener.started(training);
    Map<String, Double> losses = Map.of("loss_d", 1.5, "loss_g", Double.NaN);
    for (long step = 1; step <= 6; step++) {
      listener.stepped(training, new Step(step, 0.1, losses));
    }
    listener.stepped(training, new Step(7, 0.1, Map.of("loss_d", 2.5, "sigma.d.0", 0.75)));
    listener.stepped(training, new Step(8, 0.1, losses));
    listener.ended(training, Ending.DIVERGED);
    Map<String, NavigableMap<Long, Summary.Value>> shown = Reading.shown(events);
    assertEquals(Set.of(5L, 7L, 8L), shown.get("loss/d").keySet());
    assertEquals(2.5f, shown.get("loss/d").get(7L).getSimpleValue());
    assertEquals(0.75f, shown.get("sigma/d.0").get(7L).getSimpleValue());
    assertTrue(Float.isNaN(shown.get("loss/g").get(5L).getSimpleValue()));
    // Of networks that are not finite there is no picture, as in samples/.
    assertEquals(Set.of(0L), shown.get("samples").keySet());
  }

  @Test
  void pointsAreDrawnAsInARun() throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Recipe ring =
        Gan.named("ring")
            .data(ring())
            .generator(g -> g.latent(2).layers(dense(2)))
            .discriminator(d -> d.layers(dense(1)))
            .train(Train.train().steps(1).batch(8))
            .build();
    Training.of(ring, engine)
        .listen(RunRecorder.fresh(run, RecordedRecipe.ofProgram()))
        .listen(new TensorBoardListener(run.tensorboard()))
        .run();
    assertShown(run, run.tensorboard());
  }

  @Test
  void aDiskThatIsFullEndsTheTraining() {
    Path place = folder.resolve("events.out.tfevents.1");
    EventFileTest.FullDisk disk = new EventFileTest.FullDisk(100_000);
    Training training =
        Training.of(recipe(50, output()), engine)
            .listen(
                new TensorBoardListener(
                    folder, (f, step) -> new EventFile(place, disk, Instant.now(), step)));
    training.listen(
        new TrainingListener() {
          @Override
          public void stepped(Training t, Step step) {
            if (step.number() == 2) {
              disk.left = 20;
            }
          }
        });
    RunException failed = assertThrows(RunException.class, training::run);
    assertEquals(place + ": cannot be written: No space left on device", failed.getMessage());
    assertEquals(3, training.progress().step());
    assertEquals(0, disk.left);
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws IOException {
    Path blocked = Files.createFile(folder.resolve("tensorboard"));
    Training training =
        Training.of(recipe(3, output()), engine).listen(new TensorBoardListener(blocked));
    RunException failed = assertThrows(RunException.class, training::run);
    assertTrue(
        failed.getMessage().startsWith(blocked + ": cannot be written: "), failed.getMessage());
    assertEquals(0, training.progress().step());
  }

  @Test
  void samplingFromItChangesNoNumber() {
    List<Double> losses = new ArrayList<>();
    for (boolean watched : new boolean[] {false, true}) {
      Training training = Training.of(recipe(4, output().samplesEvery(1)), engine);
      if (watched) {
        training.listen(new TensorBoardListener(folder));
      }
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              losses.add(step.figures().get("loss_g"));
            }
          });
      training.run();
    }
    assertEquals(losses.subList(0, 4), losses.subList(4, 8));
  }
}
