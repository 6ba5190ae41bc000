package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.layer.Dropout;
import dev.sparring.layer.Layer;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dropout: how much it drops, and what decides the mask. */
public interface DropoutConformance extends EngineUnderTest {
  /** Each element becomes 0 or is divided by 1 - rate; the share of zeros is the rate. */
  @Test
  default void dropoutKeepsTheMean() {
    Starts.withDoubles(
        this,
        engine -> {
          int n = 40_000;
          for (double rate : new double[] {0.25, 0.5, 0.9}) {
            Network network =
                Network.create(plan(Shape.of(n), Dropout.dropout(rate)), engine, new Seed(1));
            double[] y =
                network
                    .forward(
                        engine.full(3, Shape.of(1, n)), PassOptions.training(new Seed(1), 1, 0))
                    .toDoubles();
            long zeros = Arrays.stream(y).filter(v -> v == 0).count();
            double error = Math.sqrt(rate * (1 - rate) / n);
            assertEquals(rate, zeros / (double) n, 4 * error);
            for (double v : y) {
              assertTrue(v == 0 || Math.abs(v - 3 / (1 - rate)) < 1e-5, () -> "got " + v);
            }
          }
        });
  }

  /** A mask depends on seed, step, pass and layer; changing one of them gives another mask. */
  @Test
  default void dropoutIsFoundBySeedStepPassAndLayer() {
    Starts.withDoubles(
        this,
        engine -> {
          Layer[] layers = {Dropout.dropout(), Dropout.dropout()};
          Network network = Network.create(plan(Shape.of(64), layers), engine, new Seed(1));
          double[] first = masks(network, PassOptions.training(new Seed(1), 1, 0));
          assertArrayEquals(first, masks(network, PassOptions.training(new Seed(1), 1, 0)));
          for (PassOptions other :
              List.of(
                  PassOptions.training(new Seed(2), 1, 0),
                  PassOptions.training(new Seed(1), 2, 0),
                  PassOptions.training(new Seed(1), 1, 1))) {
            assertFalse(Arrays.equals(first, masks(network, other)));
          }
          assertFalse(
              Arrays.equals(Arrays.copyOf(first, 64), Arrays.copyOfRange(first, 64, 128)),
              "both layers have the same mask");
        });
  }

  /** The effect of each of two dropouts on ones, one after the other. */
  private static double[] masks(Network network, PassOptions call) {
    Engine engine = network.engine();
    List<double[]> outputs = new ArrayList<>();
    network.forward(
        engine.full(1, Shape.of(1, 64)),
        network.parameters(),
        call,
        (layer, output) -> outputs.add(output.toDoubles()));
    double[] both = Arrays.copyOf(outputs.get(0), 128);
    System.arraycopy(outputs.get(1), 0, both, 64, 64);
    return both;
  }

  private static NetworkPlan plan(Shape input, Layer... layers) {
    return NetworkPlan.of("discriminator", Discriminator.discriminator(List.of(layers)), input);
  }
}
