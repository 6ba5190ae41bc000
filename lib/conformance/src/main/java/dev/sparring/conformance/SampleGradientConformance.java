package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.loss.GradientNorm;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.PenaltyAt;
import dev.sparring.loss.R1;
import dev.sparring.loss.R2;
import dev.sparring.loss.Term;
import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Objective;
import dev.sparring.train.Training;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gradients by samples: where penalties take them, and normalization by them. */
public interface SampleGradientConformance extends EngineUnderTest {
  /** A linear augmentation of points: (x, y) to (2 x, x + 3 y). */
  record Sheared() implements Augmentation {
    @Override
    public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
      return x.linear(engine.upload(new double[] {2, 0, 1, 3}, Shape.of(2, 2)), null);
    }

    @Override
    public void check(Shape sample) {}
  }

  /** Of D(x) = w x the gradient by what D sees is w, by the samples A^T w. */
  @Test
  default void penaltiesAreTakenBeforeOrAfterAugmentation() {
    double[] w = {0.5, -2};
    double seen = 0.25 + 4;
    // A^T w = (2 * 0.5 - 2, 3 * -2).
    double raw = 1 + 36;
    for (boolean augmented : new boolean[] {false, true}) {
      double byDefault = augmented ? raw : seen;
      double before = augmented ? raw : seen;
      double rootDefault = Math.pow(Math.sqrt(byDefault) - 1, 2);
      double rootBefore = Math.pow(Math.sqrt(before) - 1, 2);
      double rootSeen = Math.pow(Math.sqrt(seen) - 1, 2);
      penalty(w, augmented, 1, R1.r1().gamma(3), 1.5 * byDefault);
      penalty(w, augmented, 1, R1.r1().gamma(3).at(PenaltyAt.RAW), 1.5 * before);
      penalty(w, augmented, 1, R1.r1().gamma(3).at(PenaltyAt.SEEN), 1.5 * seen);
      penalty(w, augmented, 1, R2.r2().gamma(3), 1.5 * byDefault);
      penalty(w, augmented, 1, R2.r2().gamma(3).at(PenaltyAt.SEEN), 1.5 * seen);
      penalty(w, augmented, 1, GradientPenalty.gradientPenalty(), 10 * rootDefault);
      penalty(
          w, augmented, 1, GradientPenalty.gradientPenalty().at(PenaltyAt.RAW), 10 * rootBefore);
      penalty(w, augmented, 1, GradientPenalty.gradientPenalty().at(PenaltyAt.SEEN), 10 * rootSeen);
    }
  }

  /** Of packs of two: of the pack the whole gradient, of its samples each its own part. */
  @Test
  default void penaltiesOfPacks() {
    double[] w = {0.5, -2, 1, 3};
    double pack = 0.25 + 4 + 1 + 9;
    penalty(w, false, 2, R1.r1().gamma(3), 1.5 * pack / 2);
    penalty(w, false, 2, R1.r1().gamma(3).at(PenaltyAt.SEEN), 1.5 * pack);
    double first = Math.pow(Math.sqrt(4.25) - 1, 2);
    double second = Math.pow(Math.sqrt(10) - 1, 2);
    penalty(w, false, 2, GradientPenalty.gradientPenalty(), 10 * (first + second) / 2);
  }

  private void penalty(double[] w, boolean augmented, int packing, Term term, double expected) {
    Starts.withDoubles(
        this,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          Gan gan =
              Gan.named("place")
                  .data(Ring.ring())
                  .generator(g -> g.latent(2).layers(Dense.dense(2)))
                  .discriminator(d -> d.packing(packing).layers(Dense.dense(1).bias(false)))
                  .loss(Wasserstein.wasserstein())
                  .terms(term)
                  .train(Train.train().batch(6));
          if (augmented) {
            gan.augment(new Sheared());
          }
          GamePlan plan = GamePlan.of(gan.build());
          Network d = Network.create(plan.discriminator(), engine, new Seed(1));
          Tensor weight = d.parameters().tensor("discriminator.0.weight");
          weight.assign(engine.upload(w, weight.shape()));
          int[] passes = new int[1];
          Map<String, Tensor> weights = d.variables();
          Batch real = Batch.of(Values.random(1, 6, 2).on(engine));
          Batch fake = Batch.of(Values.random(2, 6, 2).on(engine));
          Objective.Verdict verdict =
              new Objective(plan, engine)
                  .discriminator(
                      new NextUpdate(1, 0, fake, () -> real, null),
                      (x, labels) -> {
                        passes[0]++;
                        return d.forward(x, weights, PassOptions.training(new Seed(1), 1, 0));
                      },
                      weights,
                      real,
                      fake);
          double loss = verdict.fakeScores().mean().item() - verdict.realScores().mean().item();
          String what = term + ", augmented " + augmented + ", packs of " + packing;
          assertEquals(expected, verdict.value().item() - loss, 1e-10, what);
          assertEquals(term instanceof GradientPenalty ? 3 : 2, passes[0], what);
        });
  }

  /** Of D(x) = w x + b: f / (|w| + |f|), in both networks' objectives. */
  @Test
  default void gradientNormalizationOfALinearDiscriminator() {
    Starts.withDoubles(
        this,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          Recipe recipe =
              Gan.named("normalized")
                  .data(Ring.ring())
                  .generator(g -> g.latent(2).layers(Dense.dense(2)))
                  .discriminator(d -> d.output(GradientNorm.gradientNorm()).layers(Dense.dense(1)))
                  .loss(Wasserstein.wasserstein())
                  .train(Train.train().batch(5))
                  .build();
          GamePlan plan = GamePlan.of(recipe);
          Network d = Network.create(plan.discriminator(), engine, new Seed(1));
          double[] w = {0.5, -2};
          d.parameters().tensor("discriminator.0.weight").assign(engine.upload(w, Shape.of(1, 2)));
          d.parameters().tensor("discriminator.0.bias").assign(engine.full(0.25, Shape.of(1)));
          Values x = Values.random(1, 5, 2);
          Values z = Values.random(2, 5, 2);
          Batch real = Batch.of(x.on(engine));
          Batch fake = Batch.of(z.on(engine));
          Objective objective = new Objective(plan, engine);
          NextUpdate next = new NextUpdate(1, 0, fake, () -> real, null);
          Map<String, Tensor> weights = d.variables();
          Objective.Verdict verdict =
              objective.discriminator(next, judge(d, weights), weights, real, fake);
          double[] ofReal = normalized(x.data(), w);
          double[] ofFake = normalized(z.data(), w);
          assertNear(ofReal, verdict.realScores().toDoubles());
          assertNear(ofFake, verdict.fakeScores().toDoubles());
          // G's loss, by its own samples, in which the normalized slope is |w|^2 / (|w| + |f|)^2.
          Tensor made = z.on(engine).variable();
          Tensor loss =
              objective.generator(next, judge(d, d.parameters()), Map.of(), Batch.of(made), null);
          double mean = java.util.Arrays.stream(ofFake).average().orElseThrow();
          assertEquals(-mean, loss.item(), 1e-12);
          double[] slope = engine.gradients(loss, List.of(made), false).get(0).toDoubles();
          double length = Math.hypot(w[0], w[1]);
          for (int i = 0; i < 5; i++) {
            double f = w[0] * z.at(2 * i) + w[1] * z.at(2 * i + 1) + 0.25;
            double factor = length / Math.pow(length + Math.abs(f), 2) / 5;
            assertEquals(-factor * w[0], slope[2 * i], 1e-12);
            assertEquals(-factor * w[1], slope[2 * i + 1], 1e-12);
          }
        });
  }

  /** Of piecewise linear D the slope is (|grad f| / (|grad f| + |f|))^2, at most 1. */
  @Test
  default void normalizedSlopesAreAtMostOne() {
    Starts.withDoubles(
        this,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          Tensor w = Values.random(3, 7, 4).scaled(3, 0).on(engine);
          Tensor v = Values.random(4, 1, 7).scaled(3, 0).on(engine);
          Tensor x = Values.random(5, 6, 4).on(engine).variable();
          Tensor h = x.linear(w, null);
          Tensor f = h.relu().plus(h.neg().relu().times(-0.2)).linear(v, null);
          double[] raw = lengths(engine, f, x);
          double[] scores = f.toDoubles();
          double[] slopes = lengths(engine, GradientNorm.gradientNorm().scores(f, x, engine), x);
          for (int i = 0; i < 6; i++) {
            double share = raw[i] / (raw[i] + Math.abs(scores[i]));
            assertEquals(share * share, slopes[i], 1e-10);
            assertTrue(slopes[i] <= 1);
          }
        });
  }

  /** A whole step moves weights that the normalized scores depend on; third derivatives too. */
  @Test
  default void normalizedScoresTrain() {
    try (Engine engine = open(Precision.FLOAT64)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
      for (@Nullable Term term :
          new @Nullable Term[] {null, R1.r1(), GradientPenalty.gradientPenalty()}) {
        Gan gan =
            Gan.named("trains")
                .data(Noise.noise(3, 1, 1))
                .generator(
                    g ->
                        g.latent(2)
                            .layers(Dense.dense(3), dev.sparring.layer.Reshape.reshape(3, 1, 1)))
                .discriminator(
                    d ->
                        d.output(GradientNorm.gradientNorm())
                            .layers(
                                Flatten.flatten(),
                                Dense.dense(4),
                                LeakyRelu.leakyRelu(0.2),
                                Dense.dense(1)))
                .train(Train.train().steps(2).batch(4));
        if (term != null) {
          gan.terms(term);
        }
        Training training = Training.of(gan.build(), engine);
        double[] before = Looks.parameter(training, "discriminator.1.weight").toDoubles();
        training.run();
        double[] after = Looks.parameter(training, "discriminator.1.weight").toDoubles();
        for (int i = 0; i < before.length; i++) {
          assertTrue(Double.isFinite(after[i]) && after[i] != before[i], "" + term);
        }
      }
    }
  }

  private static dev.sparring.train.ForwardPass judge(Network d, Map<String, Tensor> weights) {
    return (x, labels) -> d.forward(x, weights, PassOptions.training(new Seed(1), 1, 0));
  }

  private static double[] normalized(double[] x, double[] w) {
    double[] scores = new double[x.length / 2];
    for (int i = 0; i < scores.length; i++) {
      double f = w[0] * x[2 * i] + w[1] * x[2 * i + 1] + 0.25;
      scores[i] = f / (Math.hypot(w[0], w[1]) + Math.abs(f));
    }
    return scores;
  }

  private static double[] lengths(Engine engine, Tensor scores, Tensor x) {
    double[] g = engine.gradients(scores.sum(), List.of(x), true).get(0).toDoubles();
    double[] lengths = new double[6];
    for (int i = 0; i < g.length; i++) {
      lengths[i / 4] += g[i] * g[i];
    }
    for (int i = 0; i < 6; i++) {
      lengths[i] = Math.sqrt(lengths[i]);
    }
    return lengths;
  }

  private static void assertNear(double[] expected, double[] found) {
    org.junit.jupiter.api.Assertions.assertArrayEquals(expected, found, 1e-12);
  }
}
