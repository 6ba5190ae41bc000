package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.init.Fixup;
import dev.sparring.layer.AvgPool;
import dev.sparring.layer.Basis;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Downsample;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Upsample;
import dev.sparring.loss.R1;
import dev.sparring.loss.R2;
import dev.sparring.loss.Relativistic;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.optim.Adam;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.ScheduledNumber;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R3GAN: its layers, and whole steps of a small one against PyTorch. */
public interface R3ganConformance extends EngineUnderTest {
  /** Block of the paper: 1x1, grouped 3x3, 1x1, twice as wide inside. */
  private static Layer block(int width, int groups) {
    return Residual.residual(
        Conv.conv(2 * width).kernel(1),
        LeakyRelu.leakyRelu(0.2),
        Conv.conv(2 * width).groups(groups),
        LeakyRelu.leakyRelu(0.2),
        Conv.conv(width).kernel(1).bias(false));
  }

  /** Six steps with both penalties by samples, to ten digits in double precision. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void sixStepsAreThoseOfTheReference(Precision precision) {
    assumeSecondDerivatives(precision);
    Golden golden = Golden.load("r3gan");
    Gan gan =
        small(golden)
            .terms(R1.r1().gamma(golden.number("gamma")), R2.r2().gamma(golden.number("gamma")))
            .optimizers(Adam.adam(2e-3, 0, 0.9), Adam.adam(3e-3, 0, 0.9))
            .train(train(golden));
    GivenTraining.play(this, precision, "r3gan", "r3gan", gan.build(), 1);
  }

  /**
   * The same with the paper's schedules, half cosines over images: of rates, beta2, the weight of
   * R1 and R2, and the half-life of the average. Each has a span of its own; some end before the
   * last step. In double precision only: without momentum a weight whose gradient is but rounding
   * moves by the rate in either direction, and single precision is further away than schedules.
   */
  @Test
  default void sixScheduledStepsAreThoseOfTheReference() {
    assumeSecondDerivatives(Precision.FLOAT64);
    Golden golden = Golden.load("r3gan");
    Gan gan =
        small(golden)
            .terms(R1.r1().gamma(golden.number("gamma")), R2.r2().gamma(0.4))
            .optimizers(Adam.adam(2e-3, 0, 0.9), Adam.adam(3e-3, 0, 0.8))
            .ema(Ema.ema().halfLife(0))
            .train(
                train(golden)
                    .schedules(
                        cosine("optimizer.generator.lr", 5e-4, 24),
                        cosine("optimizer.discriminator.lr", 7e-4, 20),
                        cosine("optimizer.generator.beta2", 0.99, 24),
                        cosine("optimizer.discriminator.beta2", 0.95, 18),
                        cosine("terms.0.gamma", 0.07, 20),
                        cosine("terms.1.gamma", 0.9, 14),
                        cosine("ema.halfLife", 30, 22)));
    GivenTraining.play(this, Precision.FLOAT64, "r3gan", "scheduled", gan.build());
  }

  private void assumeSecondDerivatives(Precision precision) {
    try (Engine engine = open(precision)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
    }
  }

  private static ScheduledNumber cosine(String setting, double to, long images) {
    return ScheduledNumber.scheduled(setting, to).shape(CosineDecay.cosineDecay()).images(images);
  }

  private static Train train(Golden golden) {
    return Train.train().steps(golden.integer("iterations")).batch(golden.integer("batch"));
  }

  /** The networks and the loss of the reference. */
  private static Gan small(Golden golden) {
    List<Double> filter = List.of(1.0, 2.0, 1.0);
    return Gan.named("r3gan")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(golden.integer("latent"))
                    .init(Fixup.fixup())
                    .layers(
                        Dense.dense(6).bias(false),
                        Basis.basis(),
                        block(6, 3),
                        Conv.conv(4).kernel(1).bias(false),
                        Upsample.upsample().filter(filter),
                        block(4, 2),
                        Conv.conv(2).kernel(1).bias(false)))
        .discriminator(
            d ->
                d.init(Fixup.fixup())
                    .layers(
                        Conv.conv(4).kernel(1).bias(false),
                        block(4, 2),
                        Downsample.downsample(),
                        Conv.conv(6).kernel(1).bias(false),
                        block(6, 3),
                        Conv.conv(6).kernel(4).padding(0).groups(6).bias(false),
                        Flatten.flatten(),
                        Dense.dense(1).bias(false)))
        .loss(Relativistic.relativistic());
  }

  /** Groups are convolutions of their own, and so are their gradients. */
  @Test
  default void groupsSeeTheirOwnChannels() {
    Starts.withDoubles(
        this,
        engine -> {
          for (int groups : new int[] {2, 3, 6}) {
            Tensor x = Values.random(3, 2, 6, 5, 4).on(engine).variable();
            Tensor w = Values.random(4, 6, 6 / groups, 3, 3).on(engine).variable();
            Tensor b = Values.random(5, 6).on(engine).variable();
            Tensor whole = x.conv2d(w, b, 2, 1, groups);
            List<Tensor> parts = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
              int n = 6 / groups;
              parts.add(
                  x.slice(1, g * n, n).conv2d(w.slice(0, g * n, n), b.slice(0, g * n, n), 2, 1));
            }
            Tensor y = parts.get(0).concat(parts.subList(1, groups), 1);
            assertArrayEquals(y.toDoubles(), whole.toDoubles(), 1e-13);
            Tensor c = Values.random(6, 2, 6, 3, 2).on(engine);
            List<Tensor> a = engine.gradients(whole.times(c).sum(), List.of(x, w, b), false);
            List<Tensor> e = engine.gradients(y.times(c).sum(), List.of(x, w, b), false);
            for (int i = 0; i < 3; i++) {
              assertArrayEquals(e.get(i).toDoubles(), a.get(i).toDoubles(), 1e-12);
            }
          }
        });
  }

  /** By hand: up to [1, 3, 3, 1] / 4 around each pixel; down is its transpose by 1 / 4. */
  @Test
  default void filtersResample() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor point = Values.of(Shape.of(1, 1, 1, 2), 16, 0).on(engine);
          double[] up = pass(engine, point, Upsample.upsample().filter(List.of(1.0, 2.0, 1.0)));
          // Of 16 in one row of two: rows (3, 3) / 4 of it, columns (3, 3, 1, 0) / 4.
          assertArrayEquals(new double[] {9, 9, 3, 0, 9, 9, 3, 0}, up, 1e-12);
          Tensor x = Values.random(5, 2, 3, 4, 6).on(engine);
          assertArrayEquals(
              pass(engine, x, Upsample.upsample()),
              pass(engine, x, Upsample.upsample().filter(List.of(1.0))),
              1e-12);
          assertArrayEquals(
              pass(engine, x, AvgPool.avgPool()),
              pass(engine, x, Downsample.downsample().filter(List.of(5.0))),
              1e-12);
          Tensor y = Values.random(6, 2, 3, 2, 3).on(engine);
          for (List<Double> filter : List.of(List.of(1.0, 2.0, 1.0), List.of(1.0, 3.0, -1.0))) {
            double[] small = pass(engine, x, Downsample.downsample().filter(filter));
            double[] large = pass(engine, y, Upsample.upsample().filter(filter));
            double[] mirrored = {0, 0};
            double[] ys = y.toDoubles();
            double[] xs = x.toDoubles();
            for (int i = 0; i < small.length; i++) {
              mirrored[0] += 4 * small[i] * ys[i];
            }
            for (int i = 0; i < large.length; i++) {
              mirrored[1] += large[i] * xs[i];
            }
            assertEquals(mirrored[1], mirrored[0], 1e-12, filter.toString());
          }
        });
  }

  /** Features times images. */
  @Test
  default void basesMultiplyTheirImages() {
    Starts.withDoubles(
        this,
        engine -> {
          Network network = network(engine, Shape.of(3), Basis.basis().size(2));
          Tensor x = Values.of(Shape.of(1, 3), 2, -1, 0.5).on(engine);
          double[] images = network.parameters().tensor("d.0.weight").toDoubles();
          double[] found = network.forward(x, PassOptions.evaluation()).toDoubles();
          double[] factors = {2, -1, 0.5};
          for (int i = 0; i < 12; i++) {
            assertEquals(factors[i / 4] * images[i], found[i], 1e-15);
            assertTrue(Math.abs(images[i]) > 1e-6);
          }
        });
  }

  /**
   * The smallest game (arXiv:1801.04406), both networks at once: the loss of pairs never comes to
   * the equilibrium without penalties, and does with R1 and R2.
   */
  @Test
  default void penaltiesLeadPairsToTheMiddle() {
    for (double gamma : new double[] {0, 1}) {
      double theta = 1;
      double psi = 0;
      for (int i = 0; i < 300; i++) {
        double before = psi;
        psi -= 0.2 * (theta / (1 + Math.exp(-psi * theta)) + 2 * gamma * psi);
        theta += 0.2 * before / (1 + Math.exp(before * theta));
      }
      double[] end = dirac(gamma);
      assertEquals(theta, end[0], 1e-12);
      assertEquals(psi, end[1], 1e-12);
      double distance = Math.hypot(theta, psi);
      assertTrue(gamma == 0 ? distance > 0.5 : distance < 1e-2, "at " + distance);
    }
  }

  private double[] dirac(double gamma) {
    try (Engine engine = open(Precision.FLOAT64)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
      Gan gan =
          Gan.named("dirac")
              .data(Ring.ring().points(1))
              .generator(g -> g.latent(2).layers(Dense.dense(2)))
              .discriminator(d -> d.layers(Dense.dense(1).bias(false)))
              .loss(Relativistic.relativistic())
              .optimizers(Sgd.sgd(0.2), Sgd.sgd(0.2))
              .train(Train.train().steps(300).batch(1).order(UpdateOrder.SIMULTANEOUS));
      if (gamma > 0) {
        gan.terms(R1.r1().gamma(gamma), R2.r2().gamma(gamma));
      }
      Values zero = Values.of(Shape.of(1, 2), 0, 0);
      Training training =
          Training.of(gan.build(), engine).inputs(Looks.inputs(engine, zero, zero, zero));
      Tensor theta = Looks.parameter(training, "generator.0.bias");
      Tensor psi = Looks.parameter(training, "discriminator.0.weight");
      theta.assign(engine.upload(new double[] {1, 0}, Shape.of(2)));
      psi.assign(engine.full(0, Shape.of(1, 2)));
      training.run();
      return new double[] {theta.toDoubles()[0], psi.toDoubles()[0]};
    }
  }

  private static double[] pass(Engine engine, Tensor x, Layer layer) {
    Network network = network(engine, x.shape().sample(), layer);
    return network.forward(x, Map.of(), PassOptions.evaluation()).toDoubles();
  }

  private static Network network(Engine engine, Shape input, Layer... layers) {
    return Network.create(
        NetworkPlan.of("d", Discriminator.discriminator(List.of(layers)), input),
        engine,
        new Seed(1));
  }
}
