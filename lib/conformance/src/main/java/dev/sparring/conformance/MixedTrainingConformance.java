package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.R1;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in mixed precision, if the engine has it. */
public interface MixedTrainingConformance extends EngineUnderTest {
  private static Recipe recipe(Precision precision, int steps) {
    return Gan.named("mixed")
        .data(Noise.noise(1, 8, 8))
        .generator(
            g ->
                g.latent(5)
                    .layers(
                        Dense.dense(64),
                        Reshape.reshape(4, 4, 4),
                        BatchNorm.batchNorm(),
                        ConvTranspose.convTranspose(1),
                        Tanh.tanh()))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(
                        Conv.conv(6).stride(2).kernel(4),
                        LeakyRelu.leakyRelu(0.2),
                        Flatten.flatten(),
                        Dense.dense(1)))
        .terms(R1.r1().gamma(0.1))
        .train(Train.train().steps(steps).batch(8).precision(precision))
        .build();
  }

  private Engine openMixed() {
    try {
      return open(Precision.BF16);
    } catch (EngineException e) {
      assumeTrue(false, e.getMessage());
      throw e;
    }
  }

  /** Its losses are those of single precision within the digits of bfloat16, and not equal. */
  @Test
  default void itIsCloseToSinglePrecision() {
    double[] mixed;
    try (Engine engine = openMixed()) {
      mixed = losses(recipe(Precision.BF16, 4), engine);
    }
    try (Engine engine = open(Precision.FLOAT32)) {
      double[] single = losses(recipe(Precision.FLOAT32, 4), engine);
      assertNotEquals(single[0], mixed[0]);
      assertArrayEquals(single, mixed, 0.03);
    }
  }

  private static double[] losses(Recipe recipe, Engine engine) {
    Training training = Training.of(recipe, engine);
    double[] losses = new double[2];
    training.listen(
        new TrainingListener() {
          @Override
          public void stepped(Training t, Step step) {
            losses[0] = Objects.requireNonNull(step.figures().get("loss_d"));
            losses[1] = Objects.requireNonNull(step.figures().get("loss_g"));
          }
        });
    training.run();
    return losses;
  }

  /** A resumed training has the bits of one that was not stopped; samples need no bfloat16. */
  @Test
  default void goingOnKeepsItsBits(@TempDir Path dir) {
    RunDirectory run = new RunDirectory(dir.resolve("run"));
    Recipe recipe = recipe(Precision.BF16, 6);
    float[] samples;
    try (Engine engine = openMixed()) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      Training whole = Training.of(recipe, engine);
      whole.run();
      Training first = Training.of(recipe(Precision.BF16, 3), engine);
      first.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      first.run();
      Training second = Training.of(recipe, engine);
      Runs.latest(run).restore(second);
      second.run();
      Map<String, List<Double>> expected = Numbers.of(whole);
      assertEquals(expected, Numbers.of(second));
      assertTrue(
          expected.values().stream().flatMap(List::stream).allMatch(v -> v == v.floatValue()));
      samples = Runs.sampler(run, recipe, engine).sample(3, 2);
    }
    try (Engine engine = open(Precision.FLOAT32)) {
      assertArrayEquals(samples, Runs.sampler(run, recipe, engine).sample(3, 2));
    }
  }

  /** A recipe that says bf16 does not train in something else. */
  @Test
  default void anotherEngineIsRefused() {
    try (Engine engine = open(Precision.FLOAT32)) {
      Recipe recipe = recipe(Precision.BF16, 1);
      assertEquals(
          "train.precision: bf16, but "
              + engine.description()
              + " was opened; open it with Precision.BF16",
          assertThrows(EngineException.class, () -> Training.of(recipe, engine)).getMessage());
    }
  }
}
