package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sparring.data.Batches;
import dev.sparring.data.DataSet;
import dev.sparring.data.Ring;
import dev.sparring.diagnose.Probe;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Tanh;
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
}
