package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.loss.Hinge;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Normalizations of weights that users write, as plain classes. */
public interface OwnNormConformance extends EngineUnderTest {
  /** The least that a user has to write. */
  final class Frobenius implements WeightNorm {
    @Override
    public Tensor normalize(Tensor weight, NormContext context) {
      return weight.div(weight.square().sum().sqrt());
    }
  }

  /** Everything that one can have: a learnt gain, and a running norm that training moves. */
  final class Running implements WeightNorm {
    private static final double SHARE = 0.1;

    @Override
    public List<NormTensor> parameters(WeightSpec weight) {
      return List.of(NormTensor.constant("weight_gain", Shape.of(1), 1));
    }

    @Override
    public List<NormTensor> states(WeightSpec weight) {
      return List.of(
          NormTensor.constant("weight_norm", Shape.of(1), 0),
          NormTensor.unitVector("weight_direction", weight.shape().dim(weight.outputAxis())));
    }

    @Override
    public void begin(Tensor weight, NormContext context) {
      context.parameter("weight_gain").assign(norm(weight));
      context.state("weight_norm").assign(norm(weight));
    }

    @Override
    public Tensor normalize(Tensor weight, NormContext context) {
      if (context.training()) {
        context.state("weight_norm").blend(1 - SHARE, norm(weight.detach()), SHARE);
      }
      Tensor gain = context.parameter("weight_gain");
      return weight.times(gain.div(context.state("weight_norm").plus(0)).reshape(Shape.of()));
    }

    private static Tensor norm(Tensor weight) {
      return weight.square().sum().sqrt().reshape(Shape.of(1));
    }
  }

  /** A name that the layer has too. */
  final class Clashing implements WeightNorm {
    @Override
    public List<NormTensor> parameters(WeightSpec weight) {
      return List.of(NormTensor.constant("bias", Shape.of(1), 1));
    }

    @Override
    public Tensor normalize(Tensor weight, NormContext context) {
      return weight;
    }
  }

  /** Its gradient is told, and the weight in use has norm 1 before and after training. */
  @Test
  default void theLeastIsEnough() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(new Frobenius()), engine);
      Map<String, Double> figures = Looks.look(training);
      assertTrue(figures.containsKey("grad_norm_normalized.discriminator.0.weight"));
      assertTrue(!figures.containsKey("sigma_ratio.discriminator.0.weight"));
      double[] raw = Looks.parameter(training, "discriminator.0.weight").toDoubles();
      training.run();
      double[] after = Looks.parameter(training, "discriminator.0.weight").toDoubles();
      assertNotEquals(raw[0], after[0]);
      engine.scope(
          () ->
              assertEquals(
                  1,
                  discriminator(training)
                      .normalizedParameters()
                      .tensor("discriminator.0.weight")
                      .square()
                      .sum()
                      .item(),
                  1e-12));
    }
  }

  /** What it has beside a weight begins by it, is learnt or moved, and is in checkpoints. */
  @Test
  default void parametersAndStatesAreThoseOfTheNetwork() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(new Running()), engine);
      Network d = discriminator(training);
      double[] raw = d.parameters().tensor("discriminator.0.weight").toDoubles();
      double norm = Game.norm(raw);
      Tensor gain = d.parameters().tensor("discriminator.0.weight_gain");
      Tensor running = d.normStates().tensor("discriminator.0.weight_norm");
      assertEquals(norm, gain.toDoubles()[0], 1e-12);
      assertEquals(norm, running.toDoubles()[0], 1e-12);
      double[] direction = d.normStates().tensor("discriminator.0.weight_direction").toDoubles();
      assertEquals(4, direction.length);
      assertEquals(1, Game.norm(direction), 1e-12);
      assertArrayEquals(
          raw, used(d), 1e-12, "the network does not begin as without the normalization");
      training.run();
      assertNotEquals(norm, gain.toDoubles()[0]);
      assertNotEquals(norm, running.toDoubles()[0]);
      NamedTensors kept = NamedTensors.of(training.tensors().getOrDefault("training", Map.of()));
      assertTrue(kept.tensor("discriminator.0.weight_norm").equals(running));
      double moved = running.toDoubles()[0];
      Tensor x = Values.random(1, 2, 3, 3, 3).on(engine);
      engine.scope(() -> d.forward(x, PassOptions.evaluation()));
      engine.scope(() -> d.snapshot().forward(x, PassOptions.training(new Seed(1), 1, 0)));
      assertEquals(moved, running.toDoubles()[0], "evaluation or a snapshot has moved the state");
    }
  }

  /** Names are checked when the recipe is planned. */
  @Test
  default void namesMustBeItsOwn() {
    assertEquals(
        "discriminator.layers.0: conv 4 3x3 pad 1 and its norm Clashing have two tensors of the"
            + " name bias: the norm's must have names of their own",
        assertThrows(RecipeException.class, () -> GamePlan.of(recipe(new Clashing())))
            .getMessage());
  }

  private static double[] used(Network network) {
    double[][] numbers = new double[1][];
    network
        .engine()
        .scope(
            () ->
                numbers[0] =
                    network.normalizedParameters().tensor("discriminator.0.weight").toDoubles());
    return numbers[0];
  }

  private static Network discriminator(Training training) {
    Network d = training.networks().get("discriminator");
    if (d == null) {
      throw new AssertionError("no discriminator");
    }
    return d;
  }

  private static Recipe recipe(WeightNorm norm) {
    return Looks.recipe(3, 3, norm, Hinge.hinge(), Conv.conv(4), Flatten.flatten(), Dense.dense(1));
  }
}
