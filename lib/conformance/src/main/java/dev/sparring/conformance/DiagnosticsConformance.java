package dev.sparring.conformance;

import static dev.sparring.conformance.Looks.everything;
import static dev.sparring.conformance.Looks.figure;
import static dev.sparring.conformance.Looks.look;
import static dev.sparring.conformance.Looks.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.diagnose.SlopeBound;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Diagnostics of scores, samples and updates. */
public interface DiagnosticsConformance
    extends GradientFiguresConformance, LookingConformance, WeightFiguresConformance {
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
}
