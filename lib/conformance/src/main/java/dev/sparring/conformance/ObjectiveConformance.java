package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Silu;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Dragan;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.R1;
import dev.sparring.loss.R2;
import dev.sparring.loss.Reconstruction;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The objectives of the players: on paired images, against PyTorch, and with labels. */
public interface ObjectiveConformance extends EngineUnderTest {
  /**
   * The discriminator sees sources before samples, both mirrored alike; the generator is compared
   * with its target, which is not mirrored.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void objectivesOfPairs(Precision precision) {
    double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
    Golden golden = Golden.load("composed_steps").object("paired");
    Recipe recipe = recipe();
    GamePlan plan = GamePlan.of(recipe);
    Starts.with(
        this,
        precision,
        engine -> {
          Seed seed = new Seed(recipe.train().seed());
          Network generator = Network.create(plan.generator(), engine, seed);
          Network discriminator = Network.create(plan.discriminator(), engine, seed);
          for (String path : golden.object("start").names()) {
            GivenTraining.start(
                engine,
                (path.startsWith("g") ? generator : discriminator).parameters(),
                golden,
                path);
          }
          Objective objective = new Objective(plan, engine);
          Tensor source = Values.random(81, 3, 3, 4, 4).on(engine);
          Tensor target = Values.random(82, 3, 2, 4, 4).on(engine);
          Batch from = new Batch(source, null, target);
          Batch real = new Batch(target, null, source);

          Map<String, Tensor> weights = discriminator.variables();
          Tensor fake =
              engine.withoutGradients(() -> pass(generator, generator.parameters(), from));
          Tensor d =
              objective
                  .discriminator(
                      update(7, from, real),
                      judge(discriminator, weights),
                      weights,
                      real,
                      from.made(fake))
                  .value();
          Close.numbers(golden.number("discriminator"), d.item(), tolerance, "discriminator");
          gradients(engine, golden, d, weights, tolerance);

          Map<String, Tensor> own = generator.variables();
          Batch made = from.made(pass(generator, own, from));
          Tensor g =
              objective.generator(
                  new NextUpdate(
                      1,
                      9,
                      from,
                      () -> {
                        throw new AssertionError("nothing compares with real samples");
                      },
                      null),
                  judge(discriminator, discriminator.parameters()),
                  own,
                  made,
                  null);
          Close.numbers(golden.number("generator"), g.item(), tolerance, "generator");
          gradients(engine, golden, g, own, tolerance);

          Batch unpaired = Batch.of(source);
          assertEquals(
              "no target: the data does not come in pairs",
              assertThrows(
                      IllegalStateException.class,
                      () ->
                          objective.generator(
                              update(9, unpaired, real),
                              (x, labels) -> engine.full(0, Shape.of(3, 1)),
                              own,
                              unpaired.made(fake),
                              null))
                  .getMessage());
        });
  }

  /** Each pass has the labels of its own samples, or of those that they are derived from. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void termsKnowWhoseLabels(Precision precision) {
    Recipe recipe =
        Gan.named("labels")
            .data(Noise.noise(1, 2, 2))
            .generator(g -> g.latent(2).layers(Dense.dense(4), Reshape.reshape(1, 2, 2)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .loss(RelativisticAverage.relativisticAverage(Hinge.hinge()))
            .terms(GradientPenalty.gradientPenalty(), Dragan.dragan(), R1.r1(), R2.r2())
            .build();
    Starts.with(
        this,
        precision,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          Objective objective = new Objective(GamePlan.of(recipe), engine);
          Tensor x = Values.random(1, 3, 1, 2, 2).on(engine);
          Tensor ofReal = Values.random(2, 3, 5).on(engine);
          Tensor ofFake = Values.random(3, 3, 5).on(engine);
          Batch real = new Batch(x, ofReal, null);
          Batch fake = new Batch(x.plus(1), ofFake, null);
          List<@Nullable Tensor> seen = new ArrayList<>();
          ForwardPass judge =
              (samples, labels) -> {
                seen.add(labels);
                return samples.square().sum(1, 2, 3).reshape(Shape.of(3, 1));
              };
          objective.discriminator(update(0, fake, real), judge, Map.of(), real, fake);
          // R1 and R2 are of the first two passes.
          assertEquals(List.of(ofReal, ofFake, ofReal, ofReal), seen);
          seen.clear();
          objective.generator(update(0, fake, real), judge, Map.of(), fake, null);
          assertEquals(List.of(ofFake, ofReal), seen);
        });
  }

  private static NextUpdate update(long number, Batch from, Batch real) {
    return new NextUpdate(1, number, from, () -> real, null);
  }

  private static Tensor pass(Network generator, Map<String, Tensor> weights, Batch from) {
    return generator.forward(from.x(), weights, PassOptions.evaluation());
  }

  private static ForwardPass judge(Network discriminator, Map<String, Tensor> weights) {
    return (x, labels) -> discriminator.forward(x, weights, PassOptions.evaluation());
  }

  private static void gradients(
      Engine engine, Golden golden, Tensor value, Map<String, Tensor> weights, double tolerance) {
    List<String> paths = List.copyOf(weights.keySet());
    List<Tensor> found = engine.gradients(value, List.copyOf(weights.values()), false);
    for (int i = 0; i < paths.size(); i++) {
      Close.to(
          golden.object("gradients").tensor(paths.get(i)), found.get(i), tolerance, paths.get(i));
    }
  }

  private static Recipe recipe() {
    return Gan.named("paired")
        .data(Pairs.pairs(Noise.noise(3, 4, 4), Noise.noise(2, 4, 4)))
        .generator(g -> g.layers(Conv.conv(4), Silu.silu(), Conv.conv(2), Tanh.tanh()))
        .discriminator(
            d ->
                d.layers(
                    Conv.conv(3).kernel(4).stride(2),
                    Silu.silu(),
                    Conv.conv(1).kernel(1).padding(0)))
        .terms(
            Reconstruction.reconstruction(),
            Reconstruction.reconstruction().distance(Reconstruction.Distance.L2).weight(3))
        .augment(Flip.flip())
        .build();
  }
}
