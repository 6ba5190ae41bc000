package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Layer;
import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The order of updates and their noise: steps of linear players against plain sums. Under
 * Wasserstein's loss, the derivative of a linear discriminator w is the mean generated sample minus
 * the mean real one; that of a generator W is -w times the mean of its inputs.
 */
public interface OrderConformance extends EngineUnderTest {
  private static Recipe recipe(UpdateOrder order, boolean reuse, Train train, Layer... maker) {
    return Gan.named("test")
        .data(Ring.ring().points(40))
        .generator(g -> g.latent(3).layers(maker))
        .discriminator(d -> d.layers(Dense.dense(1)))
        .loss(Wasserstein.wasserstein())
        .optimizers(Sgd.sgd(0.3), Sgd.sgd(0.2))
        .train(train.batch(5).seed(9).order(order).reuseNoise(reuse))
        .build();
  }

  /**
   * Steps in each order, with two batches for each update, with separate noise for each player and
   * with the same.
   */
  @ParameterizedTest
  @CsvSource({
    "DISCRIMINATOR_FIRST, false",
    "DISCRIMINATOR_FIRST, true",
    "GENERATOR_FIRST, false",
    "GENERATOR_FIRST, true",
    "SIMULTANEOUS, false",
    "SIMULTANEOUS, true"
  })
  default void stepsAreThoseOfTheirOrder(UpdateOrder order, boolean reuse) {
    try (Engine engine = open(Precision.FLOAT64)) {
      Train train = Train.train().steps(3).accumulate(2);
      Training training =
          Training.of(recipe(order, reuse, train, Dense.dense(2).bias(false)), engine);
      List<double[][]> steps = new ArrayList<>();
      for (int first = 0; first < 6; first += 2) {
        GameInputs inputs = training.inputs();
        double[] judged = both(inputs::forDiscriminator, first);
        double[] given = reuse ? judged : both(inputs::forGenerator, first);
        steps.add(new double[][] {judged, given, both(inputs::real, first)});
      }
      assertSteps(training, order, steps);
    }
  }

  /**
   * With the same noise, dropout is the same too: both players see the output of this layer for the
   * noise.
   */
  @ParameterizedTest
  @CsvSource({"DISCRIMINATOR_FIRST", "GENERATOR_FIRST", "SIMULTANEOUS"})
  default void theSameNoiseHasTheSameDropout(UpdateOrder order) {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          recipe(
              order,
              true,
              Train.train().steps(1),
              Dropout.dropout(0.4),
              Dense.dense(2).bias(false));
      Training training = Training.of(recipe, engine);
      double[] real = mean(training.inputs().real(0).x());
      Tensor noise = training.inputs().forDiscriminator(0).x();
      Network whole = network(training, "generator");
      Tensor[] dropped = new Tensor[1];
      whole.forward(
          noise,
          whole.parameters(),
          PassOptions.making(new Seed(9), 1, 0),
          (layer, output) -> {
            if (layer.layer() instanceof Dropout) {
              dropped[0] = output;
            }
          });
      double[] kept = mean(dropped[0]);
      assertFalse(Arrays.equals(kept, mean(noise)));
      assertSteps(training, order, List.<double[][]>of(new double[][] {kept, kept, real}));
    }
  }

  /** Dropout that is always on depends on the seed and the sample, and not on other samples. */
  @Test
  default void dropoutInSamplesBelongsToTheSeed() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Layer[] maker = {Dense.dense(6), Dropout.dropout(0.4).always(true), Dense.dense(2)};
      Training training =
          Training.of(recipe(UpdateOrder.DISCRIMINATOR_FIRST, false, Train.train(), maker), engine);
      float[] few = training.sampler().sample(130, 4);
      float[] many = training.sampler().sample(300, 4);
      assertArrayEquals(few, Arrays.copyOf(many, few.length));
      assertArrayEquals(few, training.sampler().sample(130, 4));
      float[] noise = {0.7f, -1, 0.2f, 0.7f, -1, 0.2f, 0.7f, -1, 0.2f};
      float[] none = training.sampler().decode(noise, 3);
      assertFalse(
          Arrays.equals(Arrays.copyOf(none, 2), Arrays.copyOfRange(none, 2, 4)),
          "samples of one noise differ by dropout");
      Layer[] off = {Dense.dense(6), Dropout.dropout(0.4), Dense.dense(2)};
      float[] still =
          Training.of(recipe(UpdateOrder.DISCRIMINATOR_FIRST, false, Train.train(), off), engine)
              .sampler()
              .decode(noise, 3);
      assertEquals(still[0], still[2]);
    }
  }

  /** Batch statistics in sampling are over batches as large as in training, whatever the count. */
  @Test
  default void samplesOfBatchStatisticsHaveTheirNeighbours() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Layer[] maker = {Dense.dense(6), BatchNorm.batchNorm().alwaysBatch(true), Dense.dense(2)};
      Training training =
          Training.of(recipe(UpdateOrder.DISCRIMINATOR_FIRST, false, Train.train(), maker), engine);
      float[] few = training.sampler().sample(7, 4);
      float[] many = training.sampler().sample(13, 4);
      assertArrayEquals(few, Arrays.copyOf(many, few.length));
      // A training batch has five samples: those of the second have other neighbours.
      float[] alone = training.sampler().decode(noise(5, 4), 5);
      assertArrayEquals(Arrays.copyOf(few, 10), alone);
    }
  }

  /** A batch as large as the sampler's usual chunk. */
  @Test
  default void neighboursAreWholeBatchesOfAnySize() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          recipe(
              UpdateOrder.DISCRIMINATOR_FIRST,
              false,
              Train.train().generatorBatch(128),
              Dense.dense(6),
              BatchNorm.batchNorm().alwaysBatch(true),
              Dense.dense(2));
      Training training = Training.of(recipe, engine);
      float[] few = training.sampler().sample(130, 4);
      assertArrayEquals(few, Arrays.copyOf(training.sampler().sample(300, 4), few.length));
    }
  }

  private static float[] noise(int count, long seed) {
    float[] all = new float[count * 3];
    for (int i = 0; i < count; i++) {
      System.arraycopy(Latent.NORMAL.draw(new Seed(seed).stream("sample", i), 3), 0, all, i * 3, 3);
    }
    return all;
  }

  /**
   * Trains, and compares.
   *
   * @param steps for each, the means of the noise for the discriminator's generated samples, of the
   *     noise for the generator's own, and of the real samples
   */
  private static void assertSteps(Training training, UpdateOrder order, List<double[][]> steps) {
    double[] w = weight(training, "discriminator");
    double[] maker = weight(training, "generator");
    training.run();
    for (double[][] means : steps) {
      double[] newW = judgeStep(w, maker, means[0], means[2]);
      double[] newMaker =
          makerStep(maker, order == UpdateOrder.DISCRIMINATOR_FIRST ? newW : w, means[1]);
      w = order == UpdateOrder.GENERATOR_FIRST ? judgeStep(w, newMaker, means[0], means[2]) : newW;
      maker = newMaker;
    }
    assertArrayEquals(w, weight(training, "discriminator"), 1e-9);
    assertArrayEquals(maker, weight(training, "generator"), 1e-9);
  }

  /** The mean over a batch and the next one. */
  private static double[] both(LongFunction<Batch> batches, long first) {
    double[] mean = mean(batches.apply(first).x());
    double[] second = mean(batches.apply(first + 1).x());
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (mean[i] + second[i]) / 2;
    }
    return mean;
  }

  private static double[] judgeStep(double[] w, double[] maker, double[] given, double[] real) {
    double[] moved = w.clone();
    for (int o = 0; o < moved.length; o++) {
      double made = 0;
      for (int k = 0; k < given.length; k++) {
        made += maker[o * given.length + k] * given[k];
      }
      moved[o] -= 0.2 * (made - real[o]);
    }
    return moved;
  }

  private static double[] makerStep(double[] maker, double[] w, double[] given) {
    double[] moved = maker.clone();
    for (int o = 0; o < w.length; o++) {
      for (int k = 0; k < given.length; k++) {
        moved[o * given.length + k] += 0.3 * w[o] * given[k];
      }
    }
    return moved;
  }

  private static double[] mean(Tensor x) {
    double[] all = x.toDoubles();
    int size = x.shape().dim(1);
    double[] mean = new double[size];
    for (int i = 0; i < all.length; i++) {
      mean[i % size] += all[i] / x.shape().dim(0);
    }
    return mean;
  }

  private static Network network(Training training, String name) {
    Network network = training.networks().get(name);
    if (network == null) {
      throw new AssertionError("no " + name);
    }
    return network;
  }

  private static double[] weight(Training training, String name) {
    Network network = network(training, name);
    NetworkPlan plan = network.plan();
    return network.parameters().entrySet().stream()
        .filter(p -> p.getKey().startsWith(plan.name()) && p.getKey().endsWith(".weight"))
        .findFirst()
        .orElseThrow()
        .getValue()
        .toDoubles();
  }
}
