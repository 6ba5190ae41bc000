package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GaussianNoise;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.R1;
import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.norm.Ssn;
import dev.sparring.optim.Adam;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.Sgd;
import dev.sparring.optim.StepDecay;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.ScheduledNumber;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of a recipe that change while it trains. */
public interface ScheduleConformance extends EngineUnderTest {
  /**
   * Six whole steps of linear players against plain sums, with the numbers of each step written
   * out: Wasserstein's loss and R1, whose gradient by a linear discriminator w is made - real +
   * gamma w; Adam for it, plain descent for the generator W, whose gradient is -w times its mean
   * input.
   */
  @Test
  default void sixStepsHaveTheNumbersOfEachStep() {
    Starts.withDoubles(
        this,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          // Two batches of 5 an update are 10 images a step, and the span is over within the third.
          ScheduledNumber beta2 =
              ScheduledNumber.scheduled("optimizer.discriminator.beta2", 0.99)
                  .shape(CosineDecay.cosineDecay())
                  .images(16);
          Recipe recipe =
              Gan.named("scheduled")
                  .data(Ring.ring().points(40))
                  .generator(g -> g.latent(3).layers(Dense.dense(2).bias(false)))
                  .discriminator(d -> d.layers(Dense.dense(1).bias(false)))
                  .loss(Wasserstein.wasserstein())
                  .terms(R1.r1().gamma(2))
                  .optimizers(Sgd.sgd(0.3), Adam.adam(0.02, 0.4, 0.9).eps(1e-6))
                  .train(
                      Train.train()
                          .steps(6)
                          .batch(5)
                          .accumulate(2)
                          .schedules(
                              ScheduledNumber.scheduled("terms.0.gamma", 0.5).steps(4),
                              beta2,
                              ScheduledNumber.scheduled("optimizer.generator.lr", 0.1)))
                  .build();
          double[] gammas = {2, 1.625, 1.25, 0.875, 0.5, 0.5};
          // cos(pi 10 / 16) = -0.38268343236508977
          double[] betas = {0.9, 0.962220754456429, 0.99, 0.99, 0.99, 0.99};
          double[] rates = {0.3, 0.8 / 3, 0.7 / 3, 0.2, 0.5 / 3, 0.4 / 3};
          Training training = Training.of(recipe, engine);
          double[] w = numbers(training, "discriminator.0.weight");
          double[] maker = numbers(training, "generator.0.weight");
          double[] m = new double[2];
          double[] v = new double[2];
          for (int s = 0; s < 6; s++) {
            double[] judged = mean(training, s, 0);
            double[] given = mean(training, s, 1);
            double[] real = mean(training, s, 2);
            for (int o = 0; o < 2; o++) {
              double g = made(maker, judged, o) - real[o] + gammas[s] * w[o];
              m[o] = 0.4 * m[o] + 0.6 * g;
              v[o] = betas[s] * v[o] + (1 - betas[s]) * g * g;
              double corrected = Math.sqrt(v[o] / (1 - Math.pow(betas[s], s + 1)));
              w[o] -= 0.02 * m[o] / (1 - Math.pow(0.4, s + 1)) / (corrected + 1e-6);
            }
            for (int o = 0; o < 2; o++) {
              for (int k = 0; k < 3; k++) {
                maker[o * 3 + k] += rates[s] * w[o] * given[k];
              }
            }
          }
          List<Step> steps = new ArrayList<>();
          training.listen(listener(steps::add));
          training.run();
          assertArrayEquals(w, numbers(training, "discriminator.0.weight"), 1e-10);
          assertArrayEquals(maker, numbers(training, "generator.0.weight"), 1e-10);
          for (int s = 0; s < 6; s++) {
            assertEquals(gammas[s], figure(steps.get(s), "terms.0.gamma"), 1e-15);
            assertEquals(betas[s], figure(steps.get(s), "optimizer.discriminator.beta2"), 1e-14);
            assertEquals(rates[s], figure(steps.get(s), "optimizer.generator.lr"), 1e-15);
            assertFalse(steps.get(s).isMeasured());
          }
        });
  }

  /** The same bits, samples of the checkpoint's own step included, as without an interruption. */
  @Test
  default void goingOnKeepsTheNumbers(@TempDir Path dir) {
    try (Engine engine = open(Precision.FLOAT32)) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      Recipe recipe = everywhere();
      Training whole = Training.of(recipe, engine);
      float[][] fourth = new float[1][];
      whole.listen(
          listener(
              step -> {
                if (step.number() == 4) {
                  fourth[0] = whole.sampler().sample(3, 5);
                }
              }));
      whole.run();
      RunDirectory run = new RunDirectory(dir.resolve("run"));
      Training first = Training.of(recipe, engine);
      first.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      first.listen(
          listener(
              step -> {
                if (step.number() == 4) {
                  first.requestStop();
                }
              }));
      assertEquals(Ending.STOPPED, first.run());
      assertArrayEquals(fourth[0], Runs.sampler(run, recipe, engine).sample(3, 5));
      Training second = Training.of(recipe, engine);
      Runs.latest(run).restore(second);
      assertArrayEquals(fourth[0], second.sampler().sample(3, 5));
      second.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      assertEquals(Ending.COMPLETED, second.run());
      Map<String, double[]> expected = all(whole);
      Map<String, double[]> found = all(second);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
      assertArrayEquals(
          whole.sampler().sample(3, 5), Runs.sampler(run, recipe, engine).sample(3, 5));
      // The slope of the generator's layer is the last step's, and not the recipe's own.
      Training plain = Training.of(recipe.train(recipe.train().schedules(List.of())), engine);
      copy(whole, plain);
      assertFalse(
          Arrays.equals(whole.sampler().sample(3, 5), plain.sampler().sample(3, 5)),
          "samples with the recipe's own slope");
    }
  }

  /** Each kind of number has its effect: one alone changes what comes of three steps. */
  @Test
  default void everyNumberCounts() {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe = everywhere();
          Train without = recipe.train().schedules(List.of());
          Map<String, double[]> plain = trained(recipe.train(without.steps(3)), engine);
          for (ScheduledNumber number : recipe.train().schedules()) {
            Map<String, double[]> found =
                trained(recipe.train(without.steps(3).schedules(number)), engine);
            assertFalse(
                plain.entrySet().stream()
                    .allMatch(e -> Arrays.equals(e.getValue(), found.get(e.getKey()))),
                number.setting());
          }
        });
  }

  private static Map<String, double[]> trained(Recipe recipe, Engine engine) {
    Training training = Training.of(recipe, engine);
    training.run();
    Map<String, double[]> all = all(training);
    float[] samples = training.sampler().sample(3, 5);
    double[] wide = new double[samples.length];
    Arrays.setAll(wide, i -> samples[i]);
    all.put("samples", wide);
    return all;
  }

  /** Scheduled numbers of an augmentation, layers, a norm, optimizers and the average. */
  private static Recipe everywhere() {
    return Gan.named("everywhere")
        .data(Noise.noise(2, 4, 4))
        .generator(
            g ->
                g.latent(3)
                    .layers(
                        Dense.dense(12),
                        Reshape.reshape(3, 2, 2),
                        BatchNorm.batchNorm(),
                        LeakyRelu.leakyRelu(0.3),
                        ConvTranspose.convTranspose(2)))
        .discriminator(
            d ->
                d.norm(Ssn.ssn(1.5))
                    .layers(
                        GaussianNoise.noise(0.4),
                        Flatten.flatten(),
                        Dense.dense(6),
                        LeakyRelu.leakyRelu(),
                        Dense.dense(1)))
        .augment(Flip.flip(0))
        .optimizers(Adam.adam(1e-2, 0.5, 0.9), Adam.adam(2e-2, 0.5, 0.9))
        .ema(Ema.ema().halfLife(8))
        .train(
            Train.train()
                .steps(7)
                .batch(4)
                .schedules(
                    ScheduledNumber.scheduled("augment.0.probability", 0.9).images(20),
                    ScheduledNumber.scheduled("generator.layers.3.slope", 0.05),
                    ScheduledNumber.scheduled("discriminator.layers.0.std", 0),
                    ScheduledNumber.scheduled("discriminator.norm.scale", 0.8)
                        .shape(StepDecay.stepDecay(List.of(2, 5))),
                    ScheduledNumber.scheduled("optimizer.generator.beta1", 0)
                        .shape(CosineDecay.cosineDecay()),
                    ScheduledNumber.scheduled("optimizer.discriminator.lr", 1e-3),
                    ScheduledNumber.scheduled("ema.halfLife", 40)))
        .build();
  }

  private static TrainingListener listener(Consumer<Step> stepped) {
    return new TrainingListener() {
      @Override
      public void stepped(Training training, Step step) {
        stepped.accept(step);
      }
    };
  }

  private static double figure(Step step, String place) {
    return Objects.requireNonNull(step.figures().get(Step.SCHEDULED + place), place);
  }

  private static double[] numbers(Training training, String path) {
    String name = path.substring(0, path.indexOf('.'));
    Network network = Objects.requireNonNull(training.networks().get(name), name);
    return network.parameters().tensor(path).toDoubles();
  }

  /** The mean over a step's two batches: of D's noise, of G's, or of real samples. */
  private static double[] mean(Training training, int step, int which) {
    double[] mean = null;
    for (int i = 0; i < 2; i++) {
      long batch = 2L * step + i;
      Tensor x =
          switch (which) {
            case 0 -> training.inputs().forDiscriminator(batch).x();
            case 1 -> training.inputs().forGenerator(batch).x();
            default -> training.inputs().real(batch).x();
          };
      double[] all = x.toDoubles();
      int size = x.shape().dim(1);
      if (mean == null) {
        mean = new double[size];
      }
      for (int k = 0; k < all.length; k++) {
        mean[k % size] += all[k] / (2.0 * x.shape().dim(0));
      }
    }
    return Objects.requireNonNull(mean);
  }

  private static double made(double[] maker, double[] given, int output) {
    double sum = 0;
    for (int k = 0; k < given.length; k++) {
      sum += maker[output * given.length + k] * given[k];
    }
    return sum;
  }

  private static Map<String, double[]> all(Training training) {
    Map<String, double[]> all = new LinkedHashMap<>();
    training
        .tensors()
        .forEach((group, tensors) -> tensors.forEach((path, t) -> all.put(path, t.toDoubles())));
    return all;
  }

  private static void copy(Training from, Training to) {
    to.tensors()
        .forEach(
            (group, tensors) -> {
              Map<String, Tensor> given = Objects.requireNonNull(from.tensors().get(group));
              tensors.forEach((path, t) -> t.assign(Objects.requireNonNull(given.get(path))));
            });
  }
}
