package dev.sparring.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.layer.Dense;
import dev.sparring.network.Network;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Generator;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of generated samples. It needs an engine, which core's tests lack. */
class PoolTest {
  private static final int SIZE = 5;

  /** Every sample is returned or stored: none is lost or duplicated. */
  @Test
  void samplesAreExchanged() {
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT64)) {
      Generator spec = Generator.generator(List.of(Dense.dense(1)));
      NetworkPlan plan = NetworkPlan.of("generator", spec, Shape.of(3));
      Pool pool = new Pool(Network.create(plan, engine, new Seed(1)), SIZE, new Seed(2));
      List<Double> held = new ArrayList<>();
      int fresh = 0;
      int earlier = 0;
      for (int batch = 0; batch < 200; batch++) {
        double[] made = {3 * batch + 1, 3 * batch + 2, 3 * batch + 3};
        double[] seen = pool.exchanged(engine.upload(made, Shape.of(3, 1)), batch).toDoubles();
        if (batch == 0) {
          assertArrayEquals(made, seen);
        }
        for (int i = 0; i < made.length; i++) {
          boolean filling = held.size() < SIZE;
          held.add(made[i]);
          if (filling) {
            assertEquals(made[i], seen[i]);
          } else {
            fresh += seen[i] == made[i] ? 1 : 0;
            earlier += seen[i] == made[i] ? 0 : 1;
            assertTrue(held.remove(Double.valueOf(seen[i])), "seen before: " + i);
          }
        }
        List<Double> slots = new ArrayList<>();
        pool.tensors().values().forEach(t -> slots.add(t.item()));
        slots.removeIf(v -> v == 0);
        assertEquals(held.stream().sorted().toList(), slots.stream().sorted().toList());
      }
      assertEquals(595, fresh + earlier);
      assertEquals(0.5, fresh / 595.0, 0.07); // three standard deviations are 0.061
    }
  }
}
