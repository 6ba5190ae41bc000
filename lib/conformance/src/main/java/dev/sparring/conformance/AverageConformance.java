package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Ending;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The average of the generator: who samples from it, and that it is resumed from a checkpoint. */
public interface AverageConformance extends EngineUnderTest {
  /**
   * A run that is resumed from a checkpoint ends bit for bit as one that was not interrupted, with
   * penalty, augmentation, packs and accumulated batches.
   */
  @ParameterizedTest
  @EnumSource
  default void goingOnKeepsTheAverage(GeneratorStatistics statistics, @TempDir Path dir) {
    boolean isDouble = statistics == GeneratorStatistics.AVERAGED;
    try (Engine engine = open(isDouble ? Precision.FLOAT64 : Precision.FLOAT32)) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      Ema ema = Ema.ema().decay(0.7).start(2).warmup(true).statistics(statistics);
      Recipe recipe = averaged(engine, ema);
      Training whole = Training.of(recipe, engine);
      whole.run();

      RunDirectory run = new RunDirectory(dir.resolve("run"));
      Training first = Training.of(recipe, engine);
      first.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      first.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              if (step.number() == 3) {
                t.requestStop();
              }
            }
          });
      assertEquals(Ending.STOPPED, first.run());
      Training second = Training.of(recipe, engine);
      Runs.latest(run).restore(second);
      assertEquals(3, second.progress().step());
      second.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      assertEquals(Ending.COMPLETED, second.run());

      Map<String, double[]> expected = Numbers.byPath(whole);
      Map<String, double[]> found = Numbers.byPath(second);
      assertEquals(expected.keySet(), found.keySet());
      long kept = expected.keySet().stream().filter(p -> p.startsWith("ema.")).count();
      assertEquals(statistics.isKept() ? 7 : 5, kept);
      expected.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
      assertArrayEquals(whole.sampler().sample(3, 5), second.sampler().sample(3, 5));
      assertArrayEquals(
          whole.sampler().sample(3, 5), Runs.sampler(run, recipe, engine).sample(3, 5));
    }
  }

  /** Samples are the generator's with averaged weights and its own running statistics. */
  @Test
  default void samplesAreMadeOfTheAverage() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(averaged(engine, Ema.ema().decay(0.9)), engine);
      Training plain = Training.of(averaged(engine, null), engine);
      training.run();
      plain.run();
      float[] averaged = training.sampler().sample(4, 1);
      // The average changes nothing else of the training.
      Map<String, double[]> numbers = Numbers.byPath(training);
      Numbers.byPath(plain)
          .forEach((path, v) -> assertArrayEquals(v, numbers.get(path), 1e-12, path));
      assertFalse(Arrays.equals(averaged, plain.sampler().sample(4, 1)));
      Map<String, Tensor> all = tensors(training);
      Map<String, Tensor> others = tensors(plain);
      others.forEach(
          (path, t) -> {
            Tensor average = all.get(Training.average(path));
            if (average != null) {
              t.assign(average);
            }
          });
      assertArrayEquals(averaged, plain.sampler().sample(4, 1), 1e-6f);
    }
  }

  /** Before its first step the average is the generator itself. */
  @Test
  default void theAverageBeginsWithTheGenerator() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(averaged(engine, Ema.ema().start(100)), engine);
      assertAverageIsCurrent(training);
      training.run();
      assertAverageIsCurrent(training);
    }
  }

  private static void assertAverageIsCurrent(Training training) {
    Map<String, Tensor> all = tensors(training);
    training
        .networks()
        .values()
        .iterator()
        .next()
        .parameters()
        .forEach(
            (path, p) -> {
              Tensor average = all.get(Training.average(path));
              assertArrayEquals(
                  p.toDoubles(), average == null ? new double[0] : average.toDoubles(), path);
            });
  }

  private static Map<String, Tensor> tensors(Training training) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    training.tensors().values().forEach(all::putAll);
    return all;
  }

  private static Recipe averaged(Engine engine, @Nullable Ema ema) {
    Gan gan =
        Gan.named("averaged")
            .data(Noise.noise(2, 4, 4))
            .generator(
                g ->
                    g.latent(3)
                        .layers(
                            Dense.dense(3 * 2 * 2).bias(false),
                            Reshape.reshape(3, 2, 2),
                            BatchNorm.batchNorm(),
                            Tanh.tanh(),
                            ConvTranspose.convTranspose(2)))
            .discriminator(
                d ->
                    d.norm(Sn.sn())
                        .packing(2)
                        .layers(
                            Flatten.flatten(),
                            Dense.dense(6),
                            LeakyRelu.leakyRelu(),
                            Dropout.dropout(0.2),
                            Dense.dense(1)))
            .augment(Flip.flip())
            .train(Train.train().steps(6).batch(4).generatorBatch(6).accumulate(2));
    if (engine.abilities().contains(Ability.SECOND_DERIVATIVES)) {
      gan.terms(GradientPenalty.gradientPenalty());
    }
    if (ema != null) {
      gan.ema(ema);
    }
    return gan.build();
  }
}
