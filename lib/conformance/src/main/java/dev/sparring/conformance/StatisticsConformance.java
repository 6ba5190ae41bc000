package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Dense;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Tanh;
import dev.sparring.norm.Sn;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Seeds;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which generator is judged: averages by half-life, and running statistics of their own. */
public interface StatisticsConformance extends EngineUnderTest {
  /** The second layer of the generator. */
  String MEAN = "generator.1.running_mean";

  String VARIANCE = "generator.1.running_var";

  int STEPS = 6;

  /** The average of six steps is the sum of all weights, each times the decays that came after. */
  @Test
  default void weightsOfSixSteps() {
    Ema ema = Ema.ema().halfLife(40).ramp(0.9).start(2).statistics(GeneratorStatistics.AVERAGED);
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(ema, null), engine);
      List<Map<String, double[]>> steps = recorded(training);
      training.run();
      // images: 10 a step, two batches of 5; the first averaged step is the second.
      double[] decays = new double[STEPS];
      for (int i = 1; i < STEPS; i++) {
        double half = Math.min(40, 0.9 * 10 * (i - 1));
        decays[i] = half == 0 ? 0 : Math.exp(-Math.log(2) * 10 / half);
      }
      NamedTensors kept = group(training, "training");
      for (String path : List.of("generator.0.weight", "generator.1.bias", MEAN, VARIANCE)) {
        double[] expected = new double[numbers(steps.get(0), path).length];
        for (int s = 0; s < STEPS; s++) {
          double weight = 1 - decays[s];
          for (int later = s + 1; later < STEPS; later++) {
            weight *= decays[later];
          }
          for (int i = 0; i < expected.length; i++) {
            expected[i] += weight * numbers(steps.get(s), path)[i];
          }
        }
        double[] found = kept.tensor(Training.average(path)).toDoubles();
        assertArrayEquals(expected, found, 1e-13, path);
      }
    }
  }

  private static List<Map<String, double[]>> recorded(Training training) {
    List<Map<String, double[]>> steps = new ArrayList<>();
    training.listen(
        new TrainingListener() {
          @Override
          public void stepped(Training t, Step step) {
            Map<String, double[]> all = new LinkedHashMap<>();
            group(t, "generator").forEach((path, v) -> all.put(path, v.toDoubles()));
            steps.add(all);
          }
        });
    return steps;
  }

  /** Standing statistics are the means over 16 batches of their means and variances. */
  @Test
  default void standingStatisticsAreMeansOverBatches(@TempDir Path dir) {
    Ema ema = Ema.ema().decay(0.6).statistics(GeneratorStatistics.STANDING);
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe = recipe(ema, null);
      RunDirectory run = new RunDirectory(dir.resolve("run"));
      Training training = Training.of(recipe, engine);
      training.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      training.run();
      float[] samples = training.sampler().sample(3, 5);
      double[] own = numbers(training, "generator", MEAN);
      // Drawing changes nothing of the training.
      assertArrayEquals(own, numbers(training, "generator", MEAN));
      assertArrayEquals(samples, training.sampler().sample(3, 5));
      assertArrayEquals(samples, Runs.sampler(run, recipe, engine).sample(3, 5));

      double[] weight = numbers(training, "training", Training.average("generator.0.weight"));
      double[] bias = numbers(training, "training", Training.average("generator.0.bias"));
      double[] mean = new double[4];
      double[] variance = new double[4];
      for (int pass = 0; pass < 16; pass++) {
        float[] z = Latent.NORMAL.draw(new Seed(8).stream("standing noise", pass), 7 * 3);
        for (int unit = 0; unit < 4; unit++) {
          double[] outputs = new double[7];
          for (int n = 0; n < 7; n++) {
            outputs[n] = bias[unit];
            for (int k = 0; k < 3; k++) {
              outputs[n] += weight[unit * 3 + k] * z[n * 3 + k];
            }
          }
          double middle = Arrays.stream(outputs).average().orElseThrow();
          mean[unit] += middle / 16;
          variance[unit] +=
              Arrays.stream(outputs).map(v -> (v - middle) * (v - middle)).sum() / 6 / 16;
        }
      }
      var drawn = Runs.generator(run, recipe, engine).buffers();
      assertArrayEquals(mean, drawn.tensor(MEAN).toDoubles(), 1e-12);
      assertArrayEquals(variance, drawn.tensor(VARIANCE).toDoubles(), 1e-12);
      assertFalse(Arrays.equals(own, drawn.tensor(MEAN).toDoubles()));
    }
  }

  private static double[] numbers(Training training, String group, String path) {
    return group(training, group).tensor(path).toDoubles();
  }

  private static double[] numbers(Map<String, double[]> all, String path) {
    double[] found = all.get(path);
    return found == null ? new double[0] : found;
  }

  private static NamedTensors group(Training training, String name) {
    return NamedTensors.of(training.tensors().getOrDefault(name, Map.of()));
  }

  /** Samples have the statistics that are asked for, and copies are what they are copies of. */
  @Test
  default void eachKindDrawsItsOwnSamples() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Map<GeneratorStatistics, float[]> drawn = new LinkedHashMap<>();
      for (GeneratorStatistics kind : GeneratorStatistics.values()) {
        Training training =
            Training.of(recipe(Ema.ema().decay(0.6).statistics(kind), null), engine);
        training.run();
        drawn.put(kind, training.sampler().sample(4, 1));
      }
      float[] own = drawn.getOrDefault(GeneratorStatistics.OWN, new float[0]);
      assertArrayEquals(own, drawn.get(GeneratorStatistics.COPIED));
      assertFalse(Arrays.equals(own, drawn.get(GeneratorStatistics.AVERAGED)));
      assertFalse(Arrays.equals(own, drawn.get(GeneratorStatistics.STANDING)));
    }
  }

  /** Measuring may have other statistics than pictures, with an average and without. */
  @Test
  default void measuringHasStatisticsOfItsOwn() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Evaluate evaluate = Evaluate.evaluate().statistics(GeneratorStatistics.STANDING);
      Training training = Training.of(recipe(null, evaluate), engine);
      training.run();
      float[] pictured = training.sampler().sample(4, 1);
      float[] measured =
          training
              .sampler(training.data(), GeneratorStatistics.ofMeasured(training.recipe()))
              .sample(4, 1);
      assertFalse(Arrays.equals(pictured, measured));
      Ema ema = Ema.ema().decay(0.6).statistics(GeneratorStatistics.AVERAGED);
      Training averaged =
          Training.of(recipe(ema, Evaluate.evaluate().statistics(GeneratorStatistics.OWN)), engine);
      averaged.run();
      float[] own = averaged.sampler(averaged.data(), GeneratorStatistics.OWN).sample(4, 1);
      assertFalse(Arrays.equals(averaged.sampler().sample(4, 1), own));
      Training plain = Training.of(recipe(Ema.ema().decay(0.6), null), engine);
      plain.run();
      assertEquals(Arrays.toString(plain.sampler().sample(4, 1)), Arrays.toString(own));
    }
  }

  /**
   * A generator that always normalizes by the batch does not read running statistics, so the
   * momentum decides nothing; otherwise it decides samples, and still no weight.
   */
  @Test
  default void momentumDecidesNoWeight() {
    try (Engine engine = open(Precision.FLOAT64)) {
      for (boolean always : new boolean[] {true, false}) {
        List<float[]> samples = new ArrayList<>();
        List<double[]> weights = new ArrayList<>();
        for (double momentum : new double[] {0.1, 0.9}) {
          BatchNorm norm = BatchNorm.batchNorm().momentum(momentum).alwaysBatch(always);
          Training training =
              Training.of(
                  Gan.named("momentum")
                      .data(Ring.ring())
                      .generator(g -> g.latent(3).layers(Dense.dense(4), norm, Dense.dense(2)))
                      .discriminator(d -> d.layers(Dense.dense(6), Tanh.tanh(), Dense.dense(1)))
                      .train(Train.train().steps(4).batch(5))
                      .build(),
                  engine);
          training.run();
          samples.add(training.sampler().sample(5, 1));
          weights.add(numbers(training, "generator", "generator.2.weight"));
        }
        assertArrayEquals(weights.get(0), weights.get(1));
        assertEquals(always, Arrays.equals(samples.get(0), samples.get(1)));
      }
    }
  }

  private static Recipe recipe(@Nullable Ema ema, @Nullable Evaluate evaluate) {
    Gan gan =
        Gan.named("judged")
            .data(Ring.ring())
            .generator(
                g ->
                    g.latent(3)
                        .layers(Dense.dense(4), BatchNorm.batchNorm(), Tanh.tanh())
                        .layers(Dense.dense(2).norm(Sn.sn())))
            .discriminator(d -> d.layers(Dense.dense(6), LeakyRelu.leakyRelu(), Dense.dense(1)))
            .train(
                Train.train()
                    .steps(STEPS)
                    .batch(5)
                    .generatorBatch(7)
                    .accumulate(2)
                    .seeds(Seeds.seeds().noise(8L)));
    if (ema != null) {
      gan.ema(ema);
    }
    return gan.build().evaluate(evaluate);
  }
}
