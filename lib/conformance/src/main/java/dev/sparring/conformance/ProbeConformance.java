package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Batches;
import dev.sparring.data.DataSet;
import dev.sparring.data.Grid;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.diagnose.Probe;
import dev.sparring.init.Initializer;
import dev.sparring.init.Lsuv;
import dev.sparring.init.Normal;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.Sn;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signals at initialization. */
public interface ProbeConformance extends EngineUnderTest {
  /**
   * Measuring the generator runs the discriminator too; the effect on singular vectors must not
   * change the discriminator's own activations.
   */
  @Test
  default void theDiscriminatorIsSeenAsItStarts() {
    Seed seed = new Seed(5);
    Recipe recipe =
        Gan.named("probe")
            .data(Ring.ring().points(64))
            .generator(g -> g.latent(3).layers(Dense.dense(2), Tanh.tanh()))
            .discriminator(d -> d.norm(Sn.sn()).layers(Dense.dense(9), Dense.dense(1)))
            .train(Train.train().batch(16))
            .build();
    DataSet data = recipe.data().open(seed, line -> {});
    GamePlan plan = GamePlan.of(recipe);
    try (Engine engine = open(Precision.FLOAT64)) {
      Network first = Network.create(plan.discriminator(), engine, seed);
      Tensor real = engine.upload(new Batches(data, seed, 16).batch(0), plan.sample().batch(16));
      Tensor scores = first.forward(real, PassOptions.training(seed, 1, 1));
      List<Probe.LayerReading> readings =
          new Probe(plan, data, engine).read(RunSeeds.of(seed), null);
      assertEquals(4, readings.size());
      assertEquals(Math.sqrt(scores.square().mean().item()), readings.get(3).activation(), 1e-12);
      // Of weights of 0.02 nothing is near the bounds of tanh.
      assertEquals(0, readings.get(1).saturated());
      assertNull(readings.get(1).dead());
      assertNull(readings.get(0).saturated());
    }
  }

  /**
   * Cycle consistency runs the backward generator, which takes the other initializer too, and one
   * that measures a first batch.
   */
  @Test
  default void theBackwardGeneratorIsInitializedLikeTheOthers() {
    try (Engine engine = open(Precision.FLOAT64)) {
      for (Initializer other : List.of(Normal.normal(0, 0.3), Lsuv.lsuv())) {
        List<Probe.LayerReading> instead = read(cycle(Normal.normal()), other, engine);
        List<Probe.LayerReading> own = read(cycle(other), null, engine);
        assertEquals(numbers(own), numbers(instead));
        // The generator's loss is nearly all cycle consistency, whose gradient is the backward
        // weights' product with signs.
        assertTrue(own.get(0).gradient() > 1e-2, own.get(0).toString());
      }
    }
  }

  private static Recipe cycle(Initializer init) {
    return Gan.named("probe")
        .data(Pairs.pairs(Ring.ring().points(40), Grid.grid().side(2).points(30)).matched(false))
        .generator(g -> g.init(init).layers(Dense.dense(2)))
        .discriminator(d -> d.init(init).layers(Dense.dense(1)))
        .terms(CycleConsistency.cycle(0.7))
        .train(Train.train().batch(5).seed(9))
        .build();
  }

  private static List<Probe.LayerReading> read(
      Recipe recipe, @Nullable Initializer initializer, Engine engine) {
    DataSet data = recipe.data().open(new Seed(9), line -> {});
    return new Probe(GamePlan.of(recipe), data, engine).read(RunSeeds.of(new Seed(5)), initializer);
  }

  private static List<Double> numbers(List<Probe.LayerReading> readings) {
    return readings.stream().flatMap(r -> Stream.of(r.activation(), r.gradient())).toList();
  }
}
