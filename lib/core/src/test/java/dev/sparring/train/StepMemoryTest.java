package dev.sparring.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LayerContext;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Reshape;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Tensor;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
  private static Recipe recipe(int units) {
    return Gan.named("memory")
        .data(Noise.noise(1, 4, 4))
        .generator(
            g ->
                g.latent(3)
                    .layers(
                        Dense.dense(units),
                        LeakyRelu.leakyRelu(0.2),
                        Dense.dense(16),
                        Reshape.reshape(1, 4, 4)))
        .discriminator(
            d ->
                d.layers(
                    Flatten.flatten(),
                    Dense.dense(units),
                    LeakyRelu.leakyRelu(0.2),
                    Dense.dense(1)))
        .build();
  }

  private static double bytes(Recipe recipe, String engine) {
    return StepMemory.of(GamePlan.of(recipe), engine).step();
  }

  private static Recipe batch(Recipe recipe, int batch) {
    return recipe.train(recipe.train().batch(batch));
  }

  /** Activations take a share for each sample, and parameters none. */
  @Test
  void activationsGrowWithTheBatch() {
    Recipe recipe = recipe(512);
    double one = bytes(batch(recipe, 1000), "torch");
    double two = bytes(batch(recipe, 2000), "torch");
    double three = bytes(batch(recipe, 3000), "torch");
    assertEquals(two - one, three - two, 0.01 * (two - one));
    // Twice two layers of 512 numbers and more for gradients, for each of a thousand samples.
    assertTrue(two - one > 4 * 512 * 4 * 1000.0, two - one + " bytes");
    assertTrue(two - one < 20 * 512 * 4 * 1000.0, two - one + " bytes");
  }

  /** Batches and updates of a step come one after the other. */
  @Test
  void numbersOfBatchesDoNotMatter() {
    Recipe recipe = batch(recipe(64), 500);
    double two = bytes(recipe.train(recipe.train().discriminatorSteps(2)), "torch");
    assertEquals(two, bytes(recipe.train(recipe.train().discriminatorSteps(1000)), "torch"));
    double parts = bytes(recipe.train(recipe.train().accumulate(2)), "nd4j");
    assertEquals(parts, bytes(recipe.train(recipe.train().accumulate(1000)), "nd4j"));
  }

  /** Weights, gradients and two slots of Adam; and the activations of 64 samples of a picture. */
  @Test
  void parametersAreCountedWithTheirState() {
    double small = bytes(batch(recipe(100_000), 1), "torch");
    double large = bytes(batch(recipe(200_000), 1), "torch");
    double parameters = (3 + 1 + 16 + 16 + 1 + 1) * 100_000 * 4.0;
    assertTrue(large - small > 3 * parameters, large - small + " bytes");
    assertTrue(large - small < 12 * parameters, large - small + " bytes");
  }

  /** ND4J keeps the slopes of leakyRelu. */
  @Test
  void enginesDiffer() {
    Recipe recipe = batch(recipe(512), 1000);
    assertTrue(bytes(recipe, "nd4j") > bytes(recipe, "torch"));
  }

  /** ND4J convolves each group by itself and joins the results; libtorch all at once. */
  @Test
  void groupsOfConvolutionsAreCountedAsTheEngineComputesThem() {
    assertTrue(bytes(convolving(4), "torch") < bytes(convolving(1), "torch"));
    assertTrue(bytes(convolving(4), "nd4j") > 1.3 * bytes(convolving(1), "nd4j"));
  }

  private static Recipe convolving(int groups) {
    return batch(
        Gan.named("memory")
            .data(Noise.noise(1, 4, 4))
            .generator(g -> g.latent(3).layers(Dense.dense(16), Reshape.reshape(1, 4, 4)))
            .discriminator(
                d ->
                    d.layers(
                        Conv.conv(64),
                        LeakyRelu.leakyRelu(0.2),
                        Conv.conv(64).groups(groups),
                        Flatten.flatten(),
                        Dense.dense(1)))
            .build(),
        1000);
  }

  /** A step that no machine can hold is still a number. */
  @Test
  void hugeStepsAreNumbers() {
    double bytes = bytes(batch(recipe(100_000), 100_000_000), "torch");
    assertTrue(bytes > 1e13 && Double.isFinite(bytes), bytes + " bytes");
  }

  /** A layer of a user's that looks at numbers. */
  record Looking() implements Activation {
    @Override
    public double gain() {
      return 1;
    }

    @Override
    public Tensor forward(Tensor x, LayerContext pass) {
      double first = x.mean().toDoubles()[0];
      if (Math.abs(first) > 0.9) {
        throw new IllegalStateException("a mean of " + first + " cannot be");
      }
      return x.times(first);
    }
  }

  @Test
  void whyThereIsNoEstimateIsSaid() {
    Recipe looking =
        Gan.named("looking")
            .data(Noise.noise(1, 4, 4))
            .generator(
                g -> g.latent(3).layers(Dense.dense(16), new Looking(), Reshape.reshape(1, 4, 4)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .build();
    assertEquals(
        "a step cannot be played without numbers: a mean of 1.0 cannot be",
        assertThrows(UnestimatedException.class, () -> StepMemory.of(GamePlan.of(looking), "torch"))
            .getMessage());
  }

  @Test
  void aTrainingAddsTheHeapAndSaysWhatIsMissing() {
    TrainingMemory memory = TrainingMemory.of(GamePlan.of(recipe(512)), "torch");
    assertTrue(memory.total() > memory.step().total() + 20e6, memory.toString());
    assertEquals(Optional.empty(), memory.shortage(memory.total() * 1.01, 1));
    String line = memory.shortage(memory.total() * 1.01, 2).orElseThrow();
    String both = String.format(Locale.ROOT, "%,.0f MB", 2 * memory.total() / 1e6);
    assertTrue(line.startsWith("the training takes about " + both + " on torch, and"), line);
    assertTrue(memory.toString().contains("without the data") == memory.data().isEmpty());
  }
}
