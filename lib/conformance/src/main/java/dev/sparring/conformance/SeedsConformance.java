package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.data.Noise;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.norm.Sn;
import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Seeds;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seeds by purpose: each decides its own numbers and no others. */
public interface SeedsConformance extends EngineUnderTest {
  /** What a training draws: {weights, order, noise, drawn data and dropout}. */
  private List<double[]> draws(Engine engine, Seeds seeds) {
    Training training = Training.of(recipe(seeds), engine);
    List<double[]> draws = new ArrayList<>();
    draws.add(
        training.networks().values().stream()
            .flatMap(n -> Stream.of(n.parameters(), n.normStates()))
            .flatMap(t -> t.values().stream())
            .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
            .toArray());
    // The order by the numbers of samples, since samples that are drawn depend on the rest.
    GameInputs inputs = training.inputs();
    draws.add(numbers(training, inputs));
    draws.add(inputs.forDiscriminator(0).x().toDoubles());
    draws.add(inputs.forGenerator(1).x().toDoubles());
    float[] sample = new float[training.data().sampleShape().elements()];
    training.data().read(3, sample, 0);
    draws.add(new double[] {sample[0], sample[5]});
    return draws;
  }

  private static double[] numbers(Training training, GameInputs inputs) {
    int size = training.data().sampleShape().elements();
    double[] batch = inputs.real(0).x().toDoubles();
    float[] sample = new float[size];
    double[] found = new double[batch.length / size];
    for (int i = 0; i < found.length; i++) {
      for (int k = 0; k < training.data().size(); k++) {
        training.data().read(k, sample, 0);
        if (Math.abs(sample[0] - batch[i * size]) < 1e-7) {
          found[i] = k;
        }
      }
    }
    return found;
  }

  /** Each seed changes its own numbers, and all that are left out have the run's. */
  @Test
  default void eachSeedDecidesItsOwnNumbers() {
    try (Engine engine = open(Precision.FLOAT64)) {
      List<double[]> own = draws(engine, Seeds.seeds());
      List<Function<Seeds, Seeds>> changes =
          List.of(s -> s.weights(9L), s -> s.order(9L), s -> s.noise(9L), s -> s.rest(9L));
      // Which of the five draws a change concerns.
      boolean[][] concerned = {
        {true, false, false, false, false},
        {false, true, false, false, false},
        {false, false, true, true, false},
        {false, false, false, false, true}
      };
      for (int c = 0; c < changes.size(); c++) {
        List<double[]> found = draws(engine, changes.get(c).apply(Seeds.seeds()));
        for (int i = 0; i < own.size(); i++) {
          String what = "change " + c + ", draw " + i;
          assertEquals(!concerned[c][i], Arrays.equals(own.get(i), found.get(i)), what);
        }
      }
      List<double[]> stated = draws(engine, new Seeds(4L, 4L, 4L, 4L));
      for (int i = 0; i < own.size(); i++) {
        assertArrayEquals(own.get(i), stated.get(i));
      }
    }
  }

  /** The streams are those of a run with one seed. */
  @Test
  default void streamsAreThoseOfOneSeed() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(new Seeds(1L, 2L, 3L, null)), engine);
      float[] noise =
          Latent.NORMAL.draw(new Seed(3).stream("noise for the discriminator", 0), 5 * 3);
      double[] found = training.inputs().forDiscriminator(0).x().toDoubles();
      for (int i = 0; i < noise.length; i++) {
        assertEquals(noise[i], found[i], 1e-7);
      }
      int[] order = new Seed(2).stream("order", 0).permutation(training.data().size());
      double[] numbers = numbers(training, training.inputs());
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(order[i], numbers[i]);
      }
      assertEquals(
          new RunSeeds(new Seed(1), new Seed(2), new Seed(3), new Seed(4)), training.seeds());
    }
  }

  /** Runs that share weights begin at one place, and part with the first update. */
  @Test
  default void equalWeightsPartByTheOrder() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training one = Training.of(recipe(Seeds.seeds()), engine);
      Training other = Training.of(recipe(Seeds.seeds().order(7L)), engine);
      assertArrayEquals(all(one), all(other));
      one.run();
      other.run();
      assertFalse(Arrays.equals(all(one), all(other)));
    }
  }

  /** After a retry everything but the weights has other numbers, and each seed its own. */
  @Test
  default void retriesChangeEachSeed() {
    RunSeeds seeds = recipe(new Seeds(1L, 2L, 3L, null)).train().runSeeds();
    RunSeeds retried = seeds.retry(2);
    assertEquals(seeds.weights(), retried.weights());
    assertEquals(new Seed(2).retry(2), retried.order());
    assertEquals(new Seed(3).retry(2), retried.noise());
    assertEquals(new Seed(4).retry(2), retried.rest());
    assertEquals(seeds, seeds.retry(0));
  }

  private static double[] all(Training training) {
    return training.tensors().values().stream()
        .flatMap(group -> group.values().stream())
        .map(Tensor::toDoubles)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static Recipe recipe(Seeds seeds) {
    return Gan.named("seeds")
        .data(Noise.noise(1, 4, 4))
        .generator(g -> g.latent(3).layers(Dense.dense(16), Reshape.reshape(1, 4, 4), Tanh.tanh()))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(Conv.conv(2), Flatten.flatten(), Dropout.dropout(0.3), Dense.dense(1)))
        .train(Train.train().steps(1).batch(5).seed(4).seeds(seeds))
        .build();
  }
}
