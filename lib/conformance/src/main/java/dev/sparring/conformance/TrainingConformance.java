package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Sn;
import dev.sparring.optim.Adam;
import dev.sparring.optim.LinearDecay;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.optim.StepDecay;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.DivergedException;
import dev.sparring.train.Ending;
import dev.sparring.train.Gauge;
import dev.sparring.train.Progress;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The loop beyond its arithmetic: clipping, schedules, ends, and resuming. */
public interface TrainingConformance extends EngineUnderTest {
  /** All gradients of a player are scaled together to the limit; below it nothing happens. */
  @Test
  default void clippingScalesAllGradientsTogether() {
    try (Engine engine = open(Precision.FLOAT64)) {
      double[] free = discriminatorMoves(engine, Sgd.sgd(1), 1);
      double norm = norm(free);
      assertTrue(norm > 1e-3, () -> "hardly a gradient: " + norm);
      double[] clipped = discriminatorMoves(engine, Sgd.sgd(1).clipNorm(norm / 4), 1);
      assertEquals(norm / 4, norm(clipped), 1e-12);
      for (int i = 0; i < free.length; i++) {
        assertEquals(free[i] / 4, clipped[i], 1e-12);
      }
      assertArrayEquals(free, discriminatorMoves(engine, Sgd.sgd(1).clipNorm(norm * 1.01), 1));
    }
  }

  /**
   * The rate is multiplied by the schedule's factor of the step: unchanged in the first, a quarter
   * in the second.
   */
  @Test
  default void schedulesAreFollowed() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Sgd plain = Sgd.sgd(0.1);
      Sgd falling = plain.schedule(StepDecay.stepDecay(List.of(1)).factor(0.25));
      double[] one = discriminatorMoves(engine, plain, 1);
      double[] two = discriminatorMoves(engine, plain, 2);
      assertArrayEquals(one, discriminatorMoves(engine, falling, 1));
      double[] quarter = discriminatorMoves(engine, falling, 2);
      for (int i = 0; i < two.length; i++) {
        assertEquals(one[i] + 0.25 * (two[i] - one[i]), quarter[i], 1e-14);
      }
      // Of two steps the second has the factor 1/2.
      double[] half = discriminatorMoves(engine, plain.schedule(LinearDecay.linearDecay()), 2);
      for (int i = 0; i < two.length; i++) {
        assertEquals(one[i] + 0.5 * (two[i] - one[i]), half[i], 1e-14);
      }
    }
  }

  /** How far the discriminator's parameters go in some steps. */
  private static double[] discriminatorMoves(Engine engine, Optimizer optimizer, int steps) {
    Training training = Training.of(recipe(optimizer, steps), engine);
    double[] before = discriminator(training);
    training.run();
    double[] after = discriminator(training);
    for (int i = 0; i < after.length; i++) {
      after[i] -= before[i];
    }
    return after;
  }

  private static double[] discriminator(Training training) {
    Map<String, Tensor> tensors = training.tensors().getOrDefault("discriminator", Map.of());
    return tensors.values().stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  /** States of optimizers have their initial values: ones in TensorFlow 1's RMSprop. */
  @Test
  default void memoryBeginsAsTheOptimizerSays() {
    try (Engine engine = open(Precision.FLOAT64)) {
      for (boolean one : List.of(true, false)) {
        Training training = Training.of(recipe(RmsProp.rmsProp().startAtOne(one), 1), engine);
        Map<String, Tensor> kept = training.tensors().getOrDefault("training", Map.of());
        String path = "optimizer.discriminator.0.weight.square_avg";
        Tensor squares = Objects.requireNonNull(kept.get(path), path);
        double[] expected = new double[squares.shape().elements()];
        Arrays.fill(expected, one ? 1 : 0);
        assertArrayEquals(expected, squares.toDoubles());
      }
    }
  }

  /** Step, wall clock and figures, each step once; the end is reported once. */
  @Test
  default void listenersHearEachStep() {
    try (Engine engine = open(Precision.FLOAT32)) {
      List<String> heard = new ArrayList<>();
      Training training = Training.of(recipe(Adam.adam(), 4), engine);
      training.listen(
          new TrainingListener() {
            @Override
            public void started(Training t) {
              heard.add("started");
            }

            @Override
            public void stepped(Training t, Step step) {
              heard.add("step " + step.number() + " " + List.copyOf(step.figures().keySet()));
              assertEquals(step.number(), t.progress().step());
              if (step.number() == 3) {
                t.requestStop();
              }
            }

            @Override
            public void ended(Training t, Ending ending) {
              heard.add(ending.toString());
            }
          });
      assertEquals(Ending.STOPPED, training.run());
      assertEquals(
          List.of(
              "started",
              "step 1 [loss_d, loss_g]",
              "step 2 [loss_d, loss_g]",
              "step 3 [loss_d, loss_g]",
              "STOPPED"),
          heard);
      Progress progress = training.progress();
      assertEquals(6, progress.updates("discriminator"));
      assertEquals(3, progress.updates("generator"));
    }
  }

  /** After the listeners, and whatever these do. */
  @Test
  default void gaugesHearOfTheEnd() {
    try (Engine engine = open(Precision.FLOAT32)) {
      List<String> heard = new ArrayList<>();
      Training training = Training.of(recipe(Adam.adam(), 1), engine);
      training.measure(
          new Gauge() {
            @Override
            public List<String> figures() {
              return List.of("seven");
            }

            @Override
            public boolean isDue(long step) {
              return true;
            }

            @Override
            public Map<String, Double> read(Training t, long step) {
              heard.add("read");
              return Map.of("seven", 7.0);
            }

            @Override
            public void ended() {
              heard.add("gauge");
            }
          });
      training.listen(
          new TrainingListener() {
            @Override
            public void ended(Training t, Ending ending) {
              heard.add(ending.toString());
              throw new IllegalStateException("a listener's own fault");
            }
          });
      IllegalStateException e = assertThrows(IllegalStateException.class, training::run);
      assertEquals("a listener's own fault", e.getMessage());
      assertEquals(List.of("read", "COMPLETED", "gauge"), heard);
    }
  }

  /** Half a run, its tensors carried over into a new training, and the rest: as one run. */
  @Test
  default void goingOnIsAsIfNeverStopped() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe = recipe(Adam.adam().schedule(LinearDecay.linearDecay()), 6);
      Training whole = Training.of(recipe, engine);
      whole.run();
      Training first = Training.of(recipe, engine);
      first.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              if (step.number() == 2) {
                t.requestStop();
              }
            }
          });
      first.run();
      Map<String, double[]> kept = numbers(first);
      Training second = Training.of(recipe, engine);
      second
          .tensors()
          .values()
          .forEach(
              group ->
                  group.forEach(
                      (path, t) ->
                          t.assign(
                              engine.upload(kept.getOrDefault(path, new double[0]), t.shape()))));
      second.resume(first.progress());
      assertEquals(Ending.COMPLETED, second.run());
      Map<String, double[]> expected = numbers(whole);
      numbers(second).forEach((path, v) -> assertArrayEquals(expected.get(path), v, 1e-12, path));
    }
  }

  private static Map<String, double[]> numbers(Training training) {
    Map<String, double[]> all = new LinkedHashMap<>();
    training
        .tensors()
        .values()
        .forEach(group -> group.forEach((path, t) -> all.put(path, t.toDoubles())));
    return all;
  }

  /** A weight that is not a number is named, with the step in which it was seen. */
  @Test
  default void divergenceNamesItsPlace() {
    try (Engine engine = open(Precision.FLOAT32)) {
      Training training = Training.of(recipe(Adam.adam(), 4), engine);
      List<Ending> endings = new ArrayList<>();
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              if (step.number() == 2) {
                Tensor weight = discriminatorTensor(t, "discriminator.2.weight");
                weight.assign(engine.full(Double.NaN, weight.shape()));
              }
            }

            @Override
            public void ended(Training t, Ending ending) {
              endings.add(ending);
            }
          });
      DivergedException e = assertThrows(DivergedException.class, training::run);
      assertEquals(3, e.step());
      assertEquals("discriminator.2.weight", e.place());
      assertEquals(
          "diverged at step 3: discriminator.2.weight is not finite any more", e.getMessage());
      assertEquals(List.of(Ending.DIVERGED), endings);
    }
  }

  /** Finite weights whose outputs overflow: the layer is named, and nothing was updated. */
  @Test
  default void divergenceNamesTheLayerWhereItBegins() {
    try (Engine engine = open(Precision.FLOAT32)) {
      Training training = Training.of(recipe(Adam.adam(), 4), engine);
      Tensor bias = discriminatorTensor(training, "discriminator.0.bias");
      bias.assign(engine.full(3e38, bias.shape()));
      DivergedException e = assertThrows(DivergedException.class, training::run);
      assertEquals(1, e.step());
      assertTrue(e.place().startsWith("discriminator."), e::toString);
      assertTrue(
          String.valueOf(e.getMessage()).startsWith("diverged at step 1: loss_d is "), e::toString);
      assertArrayEquals(
          new float[] {3e38f}, Arrays.copyOf(bias.toFloats(), 1), "updated all the same");
    }
  }

  private static Tensor discriminatorTensor(Training training, String path) {
    Tensor t = training.tensors().getOrDefault("discriminator", Map.of()).get(path);
    if (t == null) {
      throw new AssertionError("no " + path);
    }
    return t;
  }

  private static Recipe recipe(Optimizer discriminator, int steps) {
    return Gan.named("test")
        .data(Ring.ring().points(64))
        .generator(
            g ->
                g.latent(3)
                    .layers(Dense.dense(8), BatchNorm.batchNorm(), Relu.relu(), Dense.dense(2)))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(
                        Dense.dense(7),
                        LeakyRelu.leakyRelu(),
                        Dense.dense(6),
                        Dropout.dropout(0.2),
                        Dense.dense(1)))
        .loss(Wasserstein.wasserstein())
        .optimizers(Sgd.sgd(1e-3).momentum(0.5), discriminator)
        .train(
            Train.train()
                .steps(steps)
                .batch(5)
                .discriminatorSteps(discriminator instanceof Sgd ? 1 : 2))
        .build();
  }
}
