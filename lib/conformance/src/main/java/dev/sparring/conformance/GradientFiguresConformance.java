package dev.sparring.conformance;

import static dev.sparring.conformance.Looks.figure;
import static dev.sparring.conformance.Looks.look;
import static dev.sparring.conformance.Looks.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gradients and slopes of diagnostics, against finite differences and a theorem. */
public interface GradientFiguresConformance extends EngineUnderTest {
  /** Without a normalization. */
  @Test
  default void gradientsOfPlainNetworks() {
    gradientsAreSlopesOfTheLoss(None.none(), Hinge.hinge(), false);
  }

  /** Through the singular vectors too, while they have not converged. */
  @Test
  default void gradientsThroughVectors() {
    gradientsAreSlopesOfTheLoss(
        Bssn.bssn(1.4).power(Power.power().throughVectors(true)),
        NonSaturating.nonSaturating(),
        false);
  }

  /** Where the vectors have converged it does not matter whether gradients flow through them. */
  @Test
  default void gradientsPastVectors() {
    gradientsAreSlopesOfTheLoss(Bssn.bssn(0.8), LeastSquares.leastSquares(), true);
  }

  /** Lengths that are learnt normalize too. */
  @Test
  default void gradientsOfDirections() {
    gradientsAreSlopesOfTheLoss(WeightNormalization.weightNorm(), Hinge.hinge(), false);
  }

  /** A constant factor normalizes too, and another one the bias. */
  @Test
  default void gradientsUnderEqualizedRates() {
    gradientsAreSlopesOfTheLoss(Equalized.equalized().multiplier(0.5), Hinge.hinge(), false);
  }

  private void gradientsAreSlopesOfTheLoss(WeightNorm norm, Loss loss, boolean isConverged) {
    try (Engine engine = open(Precision.FLOAT64)) {
      Values real = Values.random(31, Looks.BATCH, 1, 4, 4);
      Values noise = Values.random(32, Looks.BATCH, Looks.LATENT);
      Values other = Values.random(33, Looks.BATCH, Looks.LATENT);
      Training training =
          Training.of(players(norm, loss), engine).inputs(Looks.inputs(engine, real, noise, other));
      Training plain = Training.of(players(None.none(), loss), engine);
      if (isConverged) {
        converge(training, real.on(engine), noise.on(engine));
      }
      Map<String, Double> figures = look(training);
      Game game =
          new Game(training, plain, loss, real.on(engine), noise.on(engine), other.on(engine));
      for (String network : List.of("discriminator", "generator")) {
        double squares = 0;
        for (String path : game.weights(network)) {
          double raw = Game.norm(game.slopesByRaw(network, path));
          Close.numbers(raw, figure(figures, "grad_norm." + path), 2e-7, path);
          assertTrue(raw > 1e-4, () -> path + " has hardly a gradient: " + raw);
          squares += raw * raw;
          String normalized = "grad_norm_normalized." + path;
          if (norm instanceof None) {
            assertTrue(!figures.containsKey(normalized));
          } else {
            double slope = Game.norm(game.slopesByNormalized(network, path));
            Close.numbers(slope, figure(figures, normalized), 2e-7, normalized);
            assertTrue(Math.abs(slope - raw) > 1e-3 * raw, "too easy");
          }
        }
        Close.numbers(Math.sqrt(squares), figure(figures, "grad_norm." + network), 2e-7, network);
      }
      Close.numbers(game.slopeOfReal(), figure(figures, "slope_real"), 1e-7, "slope_real");
      Close.numbers(game.slopeOfMade(), figure(figures, "slope_fake"), 1e-7, "slope_fake");
    }
  }

  /**
   * Weights whose largest singular values are well separated, and passes until the vectors
   * converge.
   */
  private static void converge(Training training, Tensor real, Tensor noise) {
    for (Network network : training.networks().values()) {
      network
          .parameters()
          .forEach(
              (path, p) -> {
                int[] dims = p.shape().dims().stream().mapToInt(Integer::intValue).toArray();
                if (dims.length > 1) {
                  Values values = Values.random(path.hashCode(), dims);
                  p.assign(values.scaled(0.2, 0.2).on(training.engine()));
                }
              });
      Tensor input = network.plan().name().equals("generator") ? noise : real;
      for (int pass = 0; pass < 40; pass++) {
        network.forward(input, PassOptions.training(new Seed(1), 1, pass));
      }
    }
  }

  private static Recipe players(WeightNorm norm, Loss loss) {
    return Gan.named("players")
        .data(Noise.noise(1, 4, 4))
        .generator(
            g ->
                g.latent(Looks.LATENT)
                    .norm(norm)
                    .layers(
                        Dense.dense(2 * 2 * 2),
                        Reshape.reshape(2, 2, 2),
                        BatchNorm.batchNorm(),
                        LeakyRelu.leakyRelu(0.1),
                        ConvTranspose.convTranspose(1),
                        Tanh.tanh()))
        .discriminator(
            d ->
                d.norm(norm)
                    .layers(
                        Conv.conv(2),
                        LeakyRelu.leakyRelu(0.3),
                        Conv.conv(2).stride(2),
                        Tanh.tanh(),
                        Flatten.flatten(),
                        Dense.dense(1)))
        .loss(loss)
        .train(Train.train().steps(1).batch(Looks.BATCH))
        .build();
  }

  /** Where a discriminator does not depend on its input, the slope is the square root of 1e-8. */
  @Test
  default void slopesOfFlatDiscriminators() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training =
          Training.of(
              Looks.recipe(1, 3, None.none(), Hinge.hinge(), Flatten.flatten(), Dense.dense(1)),
              engine);
      parameter(training, "discriminator.1.weight").assign(engine.full(0, Shape.of(1, 9)));
      assertEquals(1e-4, figure(look(training), "slope_real"), 1e-18);
      assertEquals(1e-4, figure(look(training), "slope_fake"), 1e-18);
      parameter(training, "discriminator.1.weight").assign(engine.full(2, Shape.of(1, 9)));
      assertEquals(Math.sqrt(36 + 1e-8), figure(look(training), "slope_real"), 1e-14);
    }
  }

  /**
   * The bound of Lin, Sekar and Fanti (arXiv:2009.02773): with ReLUs and without biases, the
   * gradient of the score by a normalized weight is at most as long as the sample, because all
   * other layers have norm one, up to the error of power iteration. The generator outputs zeros
   * only, which have no gradient, and Wasserstein's loss of one sample is the score.
   */
  @Test
  default void normalizedGradientsAreNoLongerThanTheSample() {
    try (Engine engine = open(Precision.FLOAT64)) {
      double closest = 0;
      for (int seed = 0; seed < 6; seed++) {
        int depth = 1 + seed % 4;
        List<Layer> judge = new ArrayList<>(List.of(Flatten.flatten()));
        for (int i = 0; i < depth; i++) {
          judge.add(Dense.dense(4 + (7 * seed + 5 * i) % 23).bias(false));
          judge.add(Relu.relu());
        }
        judge.add(Dense.dense(1).bias(false));
        Sn norm = Sn.sn().power(Power.power().iterations(60));
        Recipe recipe =
            Looks.recipe(1, 4, norm, Wasserstein.wasserstein(), judge.toArray(new Layer[0]));
        Training training =
            Training.of(recipe.train(Train.train().steps(1).batch(1).seed(seed)), engine);
        Values real = Values.random(seed, 1, 1, 4, 4);
        Values noise = Values.random(9, 1, Looks.LATENT);
        training.inputs(Looks.inputs(engine, real, noise, noise));
        parameter(training, "generator.0.weight")
            .assign(engine.full(0, Shape.of(16, Looks.LATENT)));
        Map<String, Double> figures = look(training);
        double length = Game.norm(real.data());
        for (int layer = 1; layer < judge.size(); layer += 2) {
          double gradient =
              figure(figures, "grad_norm_normalized.discriminator." + layer + ".weight");
          assertTrue(
              gradient <= length * 1.01,
              "seed " + seed + ", layer " + layer + ": " + gradient + " of " + length);
          closest = Math.max(closest, gradient / length);
        }
      }
      double nearest = closest;
      assertTrue(nearest > 0.4, () -> "the bound is far: " + nearest);
    }
  }
}
