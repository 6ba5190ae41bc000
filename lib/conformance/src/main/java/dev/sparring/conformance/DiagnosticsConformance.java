package dev.sparring.conformance;

import static dev.sparring.conformance.Looks.figure;
import static dev.sparring.conformance.Looks.look;
import static dev.sparring.conformance.Looks.parameter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.diagnose.SlopeBound;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.optim.Adam;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Finding;
import dev.sparring.train.GameInputs;
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

/** Diagnostics of scores, samples and updates, and that measuring changes nothing. */
public interface DiagnosticsConformance
    extends GradientFiguresConformance, WeightFiguresConformance {
  /**
   * A run that is measured after every step is bit for bit equal to one that is not: weights,
   * running statistics, singular vectors, states of optimizers, and losses.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void lookingChangesNothing(Precision precision) {
    Set<String> paths = looking(precision, DiagnosticsConformance::everything);
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
    Set<String> paths = looking(precision, DiagnosticsConformance::composed);
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
        Map<String, double[]> numbers = numbers(training);
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

  private static Map<String, double[]> numbers(Training training) {
    Map<String, double[]> all = new LinkedHashMap<>();
    training
        .tensors()
        .values()
        .forEach(group -> group.forEach((path, t) -> all.put(path, t.toDoubles())));
    return all;
  }

  /** Every kind of state and randomness in a training pass. */
  private static Recipe everything(int diagnosticsEvery) {
    return Gan.named("everything")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(5)
                    .norm(Bssn.bssn(1.4))
                    .layers(
                        Dense.dense(3 * 4 * 4),
                        Reshape.reshape(3, 4, 4),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        Dropout.dropout(0.3),
                        ConvTranspose.convTranspose(2)))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(
                        Conv.conv(4).kernel(4).stride(2),
                        LeakyRelu.leakyRelu(),
                        Dropout.dropout(0.2),
                        Conv.conv(3),
                        BatchNorm.batchNorm(),
                        Flatten.flatten(),
                        Dense.dense(1)))
        .loss(NonSaturating.nonSaturating())
        .optimizers(Adam.adam(), Adam.adam())
        .train(Train.train().steps(4).batch(4).discriminatorSteps(2))
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

  /** A sample's score is its first number, so that all figures can be computed by hand. */
  @Test
  default void scoresByHand() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = byHand(engine, Hinge.hinge());
      Map<String, Double> figures = look(training);
      assertEquals((2 + 0.5 + 1 - 3) / 4, figure(figures, "d_real"), 1e-15);
      assertEquals((-1 - 4 + 0.25 + 2) / 4, figure(figures, "d_fake"), 1e-15);
      // Below 1 are 0.5 and -3 and not 1 itself; above -1 are 0.25 and 2 and not -1 itself.
      assertEquals(0.5, figure(figures, "hinge_active_real"));
      assertEquals(0.5, figure(figures, "hinge_active_fake"));
      parameter(training, "discriminator.0.bias").assign(engine.full(0.5, Shape.of(1)));
      figures = look(training);
      assertEquals(0.25, figure(figures, "hinge_active_real"));
      assertEquals(0.75, figure(figures, "hinge_active_fake"));
      assertTrue(
          byHand(engine, NonSaturating.nonSaturating()).figures().stream()
              .noneMatch(f -> f.startsWith("hinge")));
    }
  }

  /** Generated samples are half of their noise, real ones points of the plane. */
  @Test
  default void diversityByHand() {
    try (Engine engine = open(Precision.FLOAT64)) {
      double[] real = {2, 7, 0.5, 7, 1, 7, -3, 7};
      double[] z = {-1, 0, -4, 0, 0.25, 0, 2, 0};
      Training training = byHand(engine, Hinge.hinge());
      double expected = (3 + 1.25 + 3 + 4.25 + 6 + 1.75) / (1.5 + 1 + 5 + 0.5 + 3.5 + 4);
      assertEquals(expected, figure(look(training), "diversity"), 1e-6);
      training.inputs(inputs(engine, real, real));
      assertEquals(1, figure(look(training), "diversity"), 1e-12, "real against real");
      parameter(training, "generator.0.weight").assign(engine.full(0, Shape.of(2, 2)));
      parameter(training, "generator.0.bias").assign(engine.full(0.7, Shape.of(2)));
      assertEquals(0, figure(look(training), "diversity"), "equal samples");
      training.inputs(inputs(engine, new double[] {1, 2, 1, 2, 1, 2, 1, 2}, z));
      assertTrue(!look(training).containsKey("diversity"), "real samples that are all alike");
    }
  }

  /** Of 16 pairs, by counting; distances by lengths of differences on the plane. */
  @Test
  default void separationByHand() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = byHand(engine, Hinge.hinge());
      Map<String, Double> figures = look(training);
      // Scores of real samples 2, 0.5, 1, -3; of generated ones -1, -4, 0.25, 2.
      assertEquals((3.5 + 3 + 3 + 1) / 16, figure(figures, "d_accuracy"), 1e-15);
      double[] real = {2, 0.5, 1, -3};
      double[] fake = {-1, -4, 0.25, 2};
      double between = 0;
      for (double x : real) {
        for (double y : fake) {
          between += Math.hypot(x - y, 7) / 16;
        }
      }
      double ofReal = (1.5 + 1 + 5 + 0.5 + 3.5 + 4) / 6;
      double ofFake = (3 + 1.25 + 3 + 4.25 + 6 + 1.75) / 6;
      double expected = (2 * between - ofReal - ofFake) / (2 * between);
      assertEquals(expected, figure(figures, "energy_distance"), 1e-6);
      // A linear score is as steep as its weight is long.
      assertEquals(1, figure(figures, "slope_bound"), 1e-12);
      parameter(training, "discriminator.0.weight")
          .assign(engine.upload(new double[] {3, -4}, Shape.of(1, 2)));
      assertEquals(5, figure(look(training), "slope_bound"), 1e-12);
      assertEquals(5, figure(look(training), "slope_real"), 1e-6);
    }
  }

  /** The ceiling is the product of norms and overlaps, and no slope is above it. */
  @Test
  default void noSlopeIsAboveTheCeiling() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Gan.named("ceiling")
              .data(Noise.noise(2, 6, 6))
              .generator(g -> g.latent(3).layers(Dense.dense(72), Reshape.reshape(2, 6, 6)))
              .discriminator(
                  d ->
                      d.norm(Sn.sn())
                          .layers(
                              Conv.conv(4).kernel(4).stride(2),
                              LeakyRelu.leakyRelu(),
                              Residual.residual(Conv.conv(4), Relu.relu()),
                              Conv.conv(1)))
              .build();
      Training training = Training.of(recipe, engine);
      Map<String, Double> figures = look(training);
      double[] sigma = new double[3];
      List<String> paths =
          List.of("discriminator.0", "discriminator.2.layers.0", "discriminator.3");
      for (int i = 0; i < 3; i++) {
        // The normalized weight's: its share of the exact value in the estimate.
        sigma[i] = 1 / figure(figures, "sigma_ratio." + paths.get(i) + ".weight");
      }
      // ceil(4 / 2), 1 + 3, 3, and nine scores.
      double expected = 2 * sigma[0] * (1 + 3 * sigma[1]) * 3 * sigma[2] * 3;
      assertEquals(expected, figure(figures, "slope_bound"), 1e-9 * expected);
      assertTrue(figure(figures, "slope_real") < expected);
      assertTrue(figure(figures, "slope_fake") < expected);
      assertEquals(72, SlopeBound.always(GamePlan.of(recipe).discriminator()).orElseThrow(), 1e-9);
      assertTrue(
          SlopeBound.always(GamePlan.of(everything(0)).discriminator()).isEmpty(),
          "batch normalization has none");
    }
  }

  /** Shares by hand: biases alone decide the outputs. */
  @Test
  default void outputsWithoutGradient() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Gan.named("shares")
              .data(Ring.ring().points(64))
              .generator(
                  g -> g.latent(2).layers(Dense.dense(4), Relu.relu(), Dense.dense(2), Tanh.tanh()))
              .discriminator(d -> d.layers(Dense.dense(5), Sigmoid.sigmoid(), Dense.dense(1)))
              .train(Train.train().batch(4))
              .build();
      Training training = Training.of(recipe, engine);
      set(training, engine, "generator.0", 4, 2, -1, 0.5, -2, -0.1);
      set(training, engine, "generator.2", 2, 4, 3, -0.5);
      set(training, engine, "discriminator.0", 5, 2, 5, -5, 4.5, 0, -6);
      Map<String, Double> figures = look(training);
      assertEquals(0.75, figure(figures, "dead.generator.1"));
      // tanh(3) = 0.995, sigmoid(-5) = 0.0067, sigmoid(4.5) = 0.989.
      assertEquals(0.5, figure(figures, "saturated.generator.3"));
      assertEquals(0.6, figure(figures, "saturated.discriminator.1"), 1e-15);
    }
  }

  private static void set(
      Training training, Engine engine, String layer, int out, int in, double... bias) {
    parameter(training, layer + ".weight").assign(engine.full(0, Shape.of(out, in)));
    parameter(training, layer + ".bias").assign(engine.upload(bias, Shape.of(out)));
  }

  /** D(x) = x_0 and G(z) = z on the plane. */
  private static Training byHand(Engine engine, Loss loss) {
    Recipe recipe =
        Gan.named("by-hand")
            .data(Ring.ring().points(64))
            .generator(g -> g.latent(2).layers(Dense.dense(2)))
            .discriminator(d -> d.norm(None.none()).layers(Dense.dense(1)))
            .loss(loss)
            .train(Train.train().batch(4))
            .build();
    double[] real = {2, 7, 0.5, 7, 1, 7, -3, 7};
    double[] z = {-1, 0, -4, 0, 0.25, 0, 2, 0};
    Training training = Training.of(recipe, engine).inputs(inputs(engine, real, z));
    parameter(training, "generator.0.weight")
        .assign(engine.upload(new double[] {1, 0, 0, 1}, Shape.of(2, 2)));
    parameter(training, "discriminator.0.weight")
        .assign(engine.upload(new double[] {1, 0}, Shape.of(1, 2)));
    return training;
  }

  private static GameInputs inputs(Engine engine, double[] real, double[] z) {
    Values noise = Values.of(Shape.of(4, 2), z);
    return Looks.inputs(engine, Values.of(Shape.of(4, 2), real), noise, noise);
  }

  /**
   * Gradient descent moves a weight by the rate times its gradient, so the ratio follows from the
   * figures before the step. One player is tested at a time and the other kept fixed, because the
   * generator's update sees the updated discriminator.
   */
  @Test
  default void updatesOfGradientDescent() {
    double still = 1e-30;
    for (double[] rates : new double[][] {{still, 0.3}, {0.2, still}}) {
      try (Engine engine = open(Precision.FLOAT64)) {
        Training training = descent(engine, Sgd.sgd(rates[0]), Sgd.sgd(rates[1]));
        Map<String, Double> before = look(training);
        assertTrue(before.keySet().stream().noneMatch(f -> f.startsWith("update_ratio")));
        Map<String, Double> after = new LinkedHashMap<>();
        Diagnostics.attach(training)
            .listen(
                new TrainingListener() {
                  @Override
                  public void stepped(Training t, Step step) {
                    after.putAll(step.figures());
                  }
                });
        training.run();
        boolean generator = rates[0] > still;
        double rate = generator ? rates[0] : rates[1];
        List<String> paths =
            generator
                ? List.of("generator.0.weight", "generator.4.weight")
                : List.of(
                    "discriminator.0.weight", "discriminator.2.weight", "discriminator.4.weight");
        for (String path : paths) {
          double gradient = figure(before, "grad_norm." + path);
          assertTrue(gradient > 1e-3, path);
          Close.numbers(
              rate * gradient / figure(before, "weight_norm." + path),
              figure(after, "update_ratio." + path),
              1e-12,
              path);
        }
      }
    }
  }

  private static Training descent(Engine engine, Optimizer generator, Optimizer discriminator) {
    Recipe recipe =
        Gan.named("descent")
            .data(Noise.noise(1, 4, 4))
            .generator(
                g ->
                    g.latent(3)
                        .layers(
                            Dense.dense(2 * 2 * 2),
                            Reshape.reshape(2, 2, 2),
                            BatchNorm.batchNorm(),
                            Relu.relu(),
                            ConvTranspose.convTranspose(1)))
            .discriminator(
                d ->
                    d.norm(Bssn.bssn(1.4))
                        .layers(
                            Conv.conv(3),
                            LeakyRelu.leakyRelu(),
                            Conv.conv(4).kernel(4).stride(2),
                            Flatten.flatten(),
                            Dense.dense(1)))
            .optimizers(generator, discriminator)
            .train(Train.train().steps(1).batch(4))
            .output(Output.output().diagnosticsEvery(1))
            .build();
    return Training.of(recipe, engine);
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
