package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same training twice gives the same bits, if the engine promises it. */
public interface RepeatConformance extends EngineUnderTest {
  /** Ten steps of a small generator against itself, in single precision. */
  @Test
  default void trainingRepeatsBitByBit() {
    assertArrayEquals(train(), train());
  }

  private float[] train() {
    try (Engine e = open(Precision.FLOAT32)) {
      assumeTrue(e.abilities().contains(Ability.BIT_EXACT_REPEATS));
      List<Tensor> weights = new ArrayList<>();
      weights.add(Values.random(1, 512, 16).scaled(0.1, 0).on(e).variable());
      weights.add(Values.random(2, 32, 16, 4, 4).scaled(0.1, 0).on(e).variable());
      weights.add(Values.random(3, 3, 16, 3, 3).scaled(0.1, 0).on(e).variable());
      for (int step = 0; step < 10; step++) {
        int seed = step;
        e.scope(() -> step(e, weights, Values.random(100 + seed, 32, 16).on(e)));
      }
      return weights.get(1).toFloats();
    }
  }

  private static void step(Engine e, List<Tensor> weights, Tensor z) {
    Tensor mean = e.full(0, Shape.of(16));
    Tensor variance = e.full(1, Shape.of(16));
    Tensor image =
        z.linear(weights.get(0), null)
            .reshape(Shape.of(32, 32, 4, 4))
            .convTranspose2d(weights.get(1), null, 2, 1, 0)
            .batchNorm(null, null, mean, variance, true, 0.1, 1e-5)
            .relu()
            .conv2d(weights.get(2), null, 1, 1)
            .tanh();
    List<Tensor> gradients = e.gradients(image.square().sum().softplus(), weights, false);
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).blend(1, gradients.get(i), -1e-3);
    }
  }
}
