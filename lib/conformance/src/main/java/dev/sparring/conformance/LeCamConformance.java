package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.Dense;
import dev.sparring.loss.LeCam;
import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Direction;
import dev.sparring.train.Ending;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** LeCam: whole steps by plain sums, and what it keeps from update to update. */
public interface LeCamConformance extends EngineUnderTest {
  /** The three programs' dialects, with starts and decays that five steps can tell apart. */
  @TestFactory
  default Stream<DynamicTest> fiveStepsAreThoseOfTheDialects() {
    return Stream.of(
            LeCam.lecam().start(3),
            LeCam.lecam().decay(0.7).start(0).debias(true),
            LeCam.lecam().decay(0.7).start(0),
            LeCam.lecam().decay(0.6).start(2).debias(true))
        .map(
            term ->
                DynamicTest.dynamicTest(
                    term.toString(),
                    () -> {
                      Starts.withDoubles(this, engine -> play(engine, term.weight(0.8), 1));
                      Starts.withDoubles(this, engine -> play(engine, term.weight(0.8), 2));
                    }));
  }

  /**
   * A linear discriminator w with Wasserstein's loss: the gradient of a batch is made - real, and
   * of the term 2 weight (mean of relu(w x - aF) x - mean of relu(aR - w y) y) over real x and made
   * y. Averages of a batch have its own mean in them; an update keeps the mean of all.
   */
  private static void play(Engine engine, LeCam term, int batches) {
    Training training = Training.of(recipe(term, batches), engine);
    double[] w = numbers(training, "discriminator", "discriminator.0.weight");
    double[] maker = numbers(training, "generator", "generator.0.weight");
    double[] kept = new double[2];
    for (int s = 0; s < 5; s++) {
      double share = share(term, s + 1);
      double[] gradient = new double[2];
      double[] means = new double[2];
      for (int b = 0; b < batches; b++) {
        long batch = (long) s * batches + b;
        double[] x = training.inputs().real(batch).x().toDoubles();
        double[] y = made(maker, training.inputs().forDiscriminator(batch).x().toDoubles());
        double[] own = {mean(w, x), mean(w, y)};
        double aReal = kept[0] * (1 - share) + own[0] * share;
        double aFake = kept[1] * (1 - share) + own[1] * share;
        int n = x.length / 2;
        for (int i = 0; i < n; i++) {
          double high = Math.max(0, w[0] * x[2 * i] + w[1] * x[2 * i + 1] - aFake);
          double low = Math.max(0, aReal - w[0] * y[2 * i] - w[1] * y[2 * i + 1]);
          for (int k = 0; k < 2; k++) {
            double pull = 2 * term.weight() * (high * x[2 * i + k] - low * y[2 * i + k]);
            gradient[k] +=
                (y[2 * i + k] - x[2 * i + k] + (s + 1 <= term.start() ? 0 : pull)) / n / batches;
          }
        }
        means[0] += own[0] / batches;
        means[1] += own[1] / batches;
      }
      double[] old = w.clone();
      for (int k = 0; k < 2; k++) {
        kept[k] = kept[k] * (1 - share) + means[k] * share;
        w[k] = old[k] - 0.2 * gradient[k];
      }
      double[] given = new double[3];
      for (int b = 0; b < batches; b++) {
        double[] z = training.inputs().forGenerator((long) s * batches + b).x().toDoubles();
        for (int i = 0; i < z.length; i++) {
          given[i % 3] += z[i] / (z.length / 3.0) / batches;
        }
      }
      for (int o = 0; o < 2; o++) {
        for (int k = 0; k < 3; k++) {
          maker[o * 3 + k] += 0.3 * w[o] * given[k];
        }
      }
    }
    training.run();
    assertArrayEquals(w, numbers(training, "discriminator", "discriminator.0.weight"), 1e-10);
    assertArrayEquals(maker, numbers(training, "generator", "generator.0.weight"), 1e-10);
    Map<String, Tensor> rest = Objects.requireNonNull(training.tensors().get("training"));
    assertEquals(kept[0], state(rest, "discriminator.terms.0.real"), 1e-12);
    assertEquals(kept[1], state(rest, "discriminator.terms.0.fake"), 1e-12);
  }

  private static double state(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).item();
  }

  /** In TensorFlow's own words: a sum from 0 that decays, over 1 - decay^t. */
  private static double share(LeCam term, int update) {
    if (update == 1 || update < term.start()) {
      return 1;
    }
    if (!term.debias()) {
      return 1 - term.decay();
    }
    int t = update - Math.max(1, term.start()) + 1;
    double weights = 0;
    for (int i = 0; i < t; i++) {
      weights += Math.pow(term.decay(), i);
    }
    return 1 / weights;
  }

  /** Bit for bit, and the averages are in the checkpoint. */
  @Test
  default void goingOnKeepsTheAverages(@TempDir Path dir) {
    try (Engine engine = open(Precision.FLOAT32)) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      Recipe recipe = recipe(LeCam.lecam().start(1), 2);
      Training whole = Training.of(recipe, engine);
      whole.run();
      RunDirectory run = new RunDirectory(dir.resolve("run"));
      Training first = Training.of(recipe, engine);
      first.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      first.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              if (step.number() == 3) {
                t.requestStop();
              }
            }
          });
      assertEquals(Ending.STOPPED, first.run());
      Training second = Training.of(recipe, engine);
      Runs.latest(run).restore(second);
      second.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram()));
      assertEquals(Ending.COMPLETED, second.run());
      Map<String, double[]> expected = Numbers.byPath(whole);
      Map<String, double[]> found = Numbers.byPath(second);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
    }
  }

  /** Looking at the objective, as diagnostics do, moves no average. */
  @Test
  default void lookingMovesNothing() {
    Starts.withDoubles(
        this,
        engine -> {
          Training training = Training.of(recipe(LeCam.lecam().start(0), 1), engine);
          training.run();
          Map<String, double[]> before = Numbers.byPath(training);
          Direction direction = training.directions().get(0);
          NextUpdate next = training.next(direction).discriminator(0, 0);
          Network d = direction.discriminator();
          double[] values = new double[2];
          for (int i = 0; i < 2; i++) {
            values[i] =
                training
                    .objective()
                    .discriminator(
                        next,
                        (x, labels) ->
                            x.linear(d.parameters().tensor("discriminator.0.weight"), null),
                        d.parameters(),
                        next.real().get(),
                        next.real().get())
                    .value()
                    .item();
          }
          assertEquals(values[0], values[1]);
          Map<String, double[]> after = Numbers.byPath(training);
          before.forEach((path, v) -> assertArrayEquals(v, after.get(path), path));
        });
  }

  private static Recipe recipe(LeCam term, int batches) {
    return Gan.named("lecam")
        .data(Ring.ring().points(40))
        .generator(g -> g.latent(3).layers(Dense.dense(2).bias(false)))
        .discriminator(d -> d.layers(Dense.dense(1).bias(false)))
        .loss(Wasserstein.wasserstein())
        .terms(term)
        .optimizers(Sgd.sgd(0.3), Sgd.sgd(0.2))
        .train(Train.train().steps(5).batch(5).accumulate(batches))
        .build();
  }

  private static double[] made(double[] maker, double[] z) {
    double[] y = new double[z.length / 3 * 2];
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < 3; k++) {
        y[i] += maker[i % 2 * 3 + k] * z[i / 2 * 3 + k];
      }
    }
    return y;
  }

  private static double mean(double[] w, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += w[i % 2] * x[i];
    }
    return sum / (x.length / 2.0);
  }

  private static double[] numbers(Training training, String network, String path) {
    return Objects.requireNonNull(training.networks().get(network))
        .parameters()
        .tensor(path)
        .toDoubles();
  }
}
