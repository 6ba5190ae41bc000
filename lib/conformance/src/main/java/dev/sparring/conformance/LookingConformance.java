package dev.sparring.conformance;

import static dev.sparring.conformance.Looks.everything;
import static dev.sparring.conformance.Looks.figure;
import static dev.sparring.conformance.Looks.look;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Finding;
import dev.sparring.train.Progress;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a training is measured, who is told, and that measuring changes nothing. */
public interface LookingConformance extends EngineUnderTest {
  /**
   * A run that is measured after every step is bit for bit equal to one that is not: weights,
   * running statistics, singular vectors, states of optimizers, and losses.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void lookingChangesNothing(Precision precision) {
    Set<String> paths = looking(precision, Looks::everything);
    assertTrue(paths.stream().anyMatch(p -> p.endsWith("running_mean")));
    assertTrue(paths.stream().anyMatch(p -> p.endsWith("weight_u_in")));
  }

  /**
   * The same if terms, augmentations, packs and accumulated batches draw random numbers of their
   * own.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void lookingChangesNothingOfTerms(Precision precision) {
    try (Engine engine = open(precision)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
    }
    Set<String> paths = looking(precision, LookingConformance::composed);
    assertTrue(paths.stream().anyMatch(p -> p.startsWith("ema.")));
  }

  private Set<String> looking(Precision precision, IntFunction<Recipe> recipe) {
    Map<String, double[]> alone = new LinkedHashMap<>();
    List<List<Double>> losses = new ArrayList<>();
    for (int every : new int[] {0, 1}) {
      try (Engine engine = open(precision)) {
        Training training = Training.of(recipe.apply(every), engine);
        Diagnostics.attach(training);
        List<List<Double>> own = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        training.listen(
            new TrainingListener() {
              @Override
              public void stepped(Training t, Step step) {
                own.add(Step.LOSSES.stream().map(name -> figure(step.figures(), name)).toList());
                sizes.add(step.figures().size());
              }
            });
        training.run();
        Map<String, double[]> numbers = Numbers.byPath(training);
        if (every == 0) {
          assertEquals(List.of(2, 2, 2, 2), sizes);
          alone.putAll(numbers);
          losses.addAll(own);
          continue;
        }
        assertTrue(sizes.stream().allMatch(n -> n > 40), () -> "hardly looked at: " + sizes);
        assertEquals(losses, own);
        assertEquals(alone.keySet(), numbers.keySet());
        alone.forEach((path, expected) -> assertArrayEquals(expected, numbers.get(path), path));
      }
    }
    return alone.keySet();
  }

  /** What a recipe can add to the plain game. */
  private static Recipe composed(int diagnosticsEvery) {
    return Gan.named("composed")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(5)
                    .norm(Sn.sn())
                    .layers(
                        Dense.dense(3 * 4 * 4),
                        Reshape.reshape(3, 4, 4),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(4),
                        Conv.conv(3),
                        Conv.conv(2)))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .packing(2)
                    .layers(
                        Conv.conv(4).kernel(4).stride(2),
                        LeakyRelu.leakyRelu(),
                        Dropout.dropout(0.2),
                        Conv.conv(3),
                        Flatten.flatten(),
                        Dense.dense(1)))
        .loss(Wasserstein.wasserstein())
        .terms(GradientPenalty.gradientPenalty())
        .augment(Flip.flip())
        .ema(Ema.ema().decay(0.9))
        .train(Train.train().steps(4).batch(4).discriminatorSteps(2).accumulate(2).reuseNoise(true))
        .output(Output.output().diagnosticsEvery(diagnosticsEvery))
        .build();
  }

  /** The first step and then at the interval; the measured figures are the announced columns. */
  @Test
  default void looksAreTakenAtTheInterval() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(everything(2), engine);
      assertEquals(Step.LOSSES, training.figures());
      Diagnostics.attach(training);
      List<Long> looked = new ArrayList<>();
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              if (step.isMeasured()) {
                looked.add(step.number());
                assertEquals(t.figures(), List.copyOf(step.figures().keySet()));
              }
            }
          });
      training.run();
      assertEquals(List.of(1L, 2L, 4L), looked);
      List<String> figures = training.figures();
      assertEquals(
          List.of(
              "d_real",
              "d_fake",
              "d_accuracy",
              "slope_real",
              "slope_fake",
              "diversity",
              "energy_distance"),
          figures.subList(2, 9));
      assertTrue(figures.contains("dead.generator.3"));
      assertTrue(
          figures.containsAll(
              List.of(
                  "grad_norm.generator",
                  "grad_norm_normalized.generator.5.weight",
                  "sigma_ratio.discriminator.3.weight",
                  "variance_he.discriminator.6.weight",
                  "update_ratio.generator.0.weight")),
          figures::toString);
      assertTrue(figures.stream().noneMatch(f -> f.contains("bias") || f.contains(".4.")));
      assertFalse(figures.contains("slope_bound"), "batch normalization has none");
    }
  }

  /**
   * Detectors get each step, and their findings are reported after it; findings of recalled steps
   * were reported before.
   */
  @Test
  default void findingsAreTold() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(everything(0), engine);
      List<String> heard = new ArrayList<>();
      training
          .watch(
              step -> {
                heard.add("heard " + step.number());
                return step.number() % 2 == 0 ? List.of("even", "not odd") : List.of();
              })
          .listen(
              new TrainingListener() {
                @Override
                public void stepped(Training t, Step step) {
                  heard.add("stepped " + step.number());
                }

                @Override
                public void found(Training t, Finding finding) {
                  heard.add("found " + finding);
                }
              });
      training.recall(new Step(1, 0, Map.of("loss_d", 1.0)));
      training.recall(new Step(2, 0, Map.of("loss_d", 1.0)));
      training.resume(new Progress(2, 5, Map.of("generator", 2L, "discriminator", 4L)));
      training.run();
      assertEquals(
          List.of(
              "heard 1",
              "heard 2",
              "stepped 3",
              "heard 3",
              "stepped 4",
              "heard 4",
              "found step 4: even",
              "found step 4: not odd"),
          heard);
    }
  }

  /** Measurements that would leak gigabytes: each makes dozens of arrays of two megabytes. */
  @Test
  default void looksLeaveNothingBehind() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux to count memory");
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Looks.recipe(
              1,
              64,
              Sn.sn(),
              Hinge.hinge(),
              Flatten.flatten(),
              Dense.dense(64),
              Relu.relu(),
              Dense.dense(1));
      Training training = Training.of(recipe, engine);
      for (int i = 0; i < 5; i++) {
        look(training);
      }
      long before = Resident.bytes();
      for (int i = 0; i < 50; i++) {
        look(training);
      }
      long grown = Resident.bytes() - before;
      assertTrue(grown < 200L << 20, "resident memory grew by " + (grown >> 20) + " MB");
    }
  }
}
