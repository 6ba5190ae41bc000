package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Grid;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.Identity;
import dev.sparring.loss.Wasserstein;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.GamePlan;
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
import dev.sparring.train.Ending;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The game with a backward direction, CycleGAN's. */
public interface CycleConformance extends EngineUnderTest {
  private static Recipe recipe(int pool, int steps, Layer... maker) {
    return Gan.named("test")
        .data(Pairs.pairs(Ring.ring().points(40), Grid.grid().side(2).points(30)).matched(false))
        .generator(g -> g.layers(maker))
        .discriminator(d -> d.pool(pool).layers(Dense.dense(1)))
        .loss(Wasserstein.wasserstein())
        .terms(CycleConsistency.cycle(0.7), Identity.identity(0.3))
        .optimizers(Sgd.sgd(0.1), Sgd.sgd(0.2))
        .train(Train.train().steps(steps).batch(5).seed(9))
        .build();
  }

  /**
   * One step against plain sums over numbers: both discriminators by their derivatives, which are
   * means of samples, and both generators together by central differences.
   */
  @Test
  default void aStepIsThatOfThePaper() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(0, 1, Dense.dense(2)), engine);
      double[][] a = points(training.inputs().forDiscriminator(0).x());
      double[][] b = points(training.inputs().real(0).x());
      Map<String, double[]> start = numbers(training);
      assertEquals(
          List.of("generator", "discriminator", "generator_back", "discriminator_back"),
          List.copyOf(training.networks().keySet()));
      training.run();
      Map<String, double[]> found = numbers(training);

      Map<String, double[]> now = new LinkedHashMap<>(start);
      judge(now, "discriminator", b, through(now, "generator", a));
      judge(now, "discriminator_back", a, through(now, "generator_back", b));
      Map<String, double[]> expected = new LinkedHashMap<>(now);
      for (String path : start.keySet()) {
        if (path.startsWith("generator")) {
          expected.put(path, descended(now, path, all -> objective(all, a, b)));
        }
      }
      expected.forEach((path, v) -> assertArrayEquals(v, found.get(path), 1e-8, path));
      assertNotEquals(
          get(start, "generator.0.weight")[0], get(start, "generator_back.0.weight")[0]);
    }
  }

  /** Diagnostics of both directions of linear players equal plain sums and central differences. */
  @Test
  default void bothWaysAreLookedAt() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(0, 1, Dense.dense(2)), engine);
      double[][] a = points(training.inputs().forDiscriminator(0).x());
      double[][] b = points(training.inputs().real(0).x());
      Map<String, double[]> start = numbers(training);
      Map<String, Double> figures = Looks.look(training);
      Map<String, Double> expected = new LinkedHashMap<>();
      expected.putAll(scores(start, "", b, through(start, "generator", a)));
      expected.putAll(scores(start, "back", a, through(start, "generator_back", b)));
      for (String path : List.of("generator.0.weight", "generator_back.0.weight")) {
        double[] lower = descended(start, path, all -> objective(all, a, b));
        double norm = norm(minus(get(start, path), lower)) / 0.1;
        expected.put("grad_norm." + path, norm);
        expected.put("grad_norm." + path.substring(0, path.indexOf('.')), norm);
      }
      expected.put(
          "weight_norm.generator_back.0.weight", norm(get(start, "generator_back.0.weight")));
      expected.forEach(
          (column, value) ->
              assertEquals(value, Looks.figure(figures, column), 1e-7 * (1 + value), column));
    }
  }

  private static Map<String, Double> scores(
      Map<String, double[]> all, String way, double[][] real, double[][] fake) {
    String judge = way.isEmpty() ? "discriminator" : "discriminator_" + way;
    String suffix = way.isEmpty() ? "" : "." + way;
    Map<String, double[]> moved = new LinkedHashMap<>(all);
    judge(moved, judge, real, fake);
    double slope = norm(get(all, judge + ".0.weight"));
    double gradient =
        norm(minus(get(all, judge + ".0.weight"), get(moved, judge + ".0.weight"))) / 0.2;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("d_real" + suffix, mean(through(all, judge, real)));
    figures.put("d_fake" + suffix, mean(through(all, judge, fake)));
    figures.put("slope_real" + suffix, Math.sqrt(slope * slope + 1e-8));
    figures.put("slope_fake" + suffix, Math.sqrt(slope * slope + 1e-8));
    figures.put("diversity" + suffix, apart(fake) / apart(real));
    figures.put("grad_norm." + judge, gradient);
    figures.put("grad_norm." + judge + ".0.weight", gradient);
    return figures;
  }

  /** The sum of the distances of all pairs. */
  private static double apart(double[][] points) {
    return Arrays.stream(points)
        .flatMapToDouble(p -> Arrays.stream(points).mapToDouble(q -> norm(minus(p, q))))
        .sum();
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = new double[x.length];
    Arrays.setAll(difference, i -> x[i] - y[i]);
    return difference;
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  /**
   * Every column has its number, also those of a step's changes; one direction alone has no columns
   * of two.
   */
  @Test
  default void columnsOfBothWays() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe = recipe(0, 1, Dense.dense(2));
      Training training = Diagnostics.attach(Training.of(recipe, engine));
      double[] before = get(numbers(training), "generator_back.0.weight");
      Map<String, Double> figures = new LinkedHashMap<>();
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              figures.putAll(step.figures());
            }
          });
      training.run();
      assertEquals(training.figures(), List.copyOf(figures.keySet()));
      assertEquals(
          training.figures().subList(2, training.figures().size()),
          Diagnostics.figures(GamePlan.of(recipe)));
      assertEquals(
          List.of(
              "d_real",
              "d_fake",
              "d_accuracy",
              "slope_real",
              "slope_fake",
              "diversity",
              "energy_distance",
              "slope_bound",
              "d_real.back",
              "d_fake.back",
              "d_accuracy.back",
              "slope_real.back",
              "slope_fake.back",
              "diversity.back",
              "energy_distance.back",
              "slope_bound.back",
              "grad_norm.generator"),
          training.figures().subList(2, 19));
      double[] after = get(numbers(training), "generator_back.0.weight");
      assertEquals(
          norm(minus(after, before)) / norm(before),
          Looks.figure(figures, "update_ratio.generator_back.0.weight"),
          1e-12);
      assertTrue(figures.containsKey("stable_rank.discriminator_back.0.weight"));
    }
  }

  private static double objective(Map<String, double[]> all, double[][] a, double[][] b) {
    double[][] there = through(all, "generator", a);
    double[][] back = through(all, "generator_back", b);
    return -mean(through(all, "discriminator", there))
        - mean(through(all, "discriminator_back", back))
        + 0.7 * distance(through(all, "generator_back", there), a)
        + 0.7 * distance(through(all, "generator", back), b)
        + 0.3 * distance(through(all, "generator", b), b)
        + 0.3 * distance(through(all, "generator_back", a), a);
  }

  /** Moves a linear discriminator along its loss, mean D(fake) - mean D(real). */
  private static void judge(
      Map<String, double[]> all, String network, double[][] real, double[][] fake) {
    double[] weight = get(all, network + ".0.weight").clone();
    for (int k = 0; k < weight.length; k++) {
      int axis = k;
      ToDoubleFunction<double[][]> mean =
          x -> Arrays.stream(x).mapToDouble(p -> p[axis]).average().orElseThrow();
      weight[k] -= 0.2 * (mean.applyAsDouble(fake) - mean.applyAsDouble(real));
    }
    all.put(network + ".0.weight", weight);
  }

  private static double[] descended(
      Map<String, double[]> all, String path, ToDoubleFunction<Map<String, double[]>> objective) {
    double[] values = get(all, path).clone();
    for (int i = 0; i < values.length; i++) {
      double slope =
          (nudged(all, path, i, 1e-6, objective) - nudged(all, path, i, -1e-6, objective)) / 2e-6;
      values[i] -= 0.1 * slope;
    }
    return values;
  }

  private static double nudged(
      Map<String, double[]> all,
      String path,
      int index,
      double by,
      ToDoubleFunction<Map<String, double[]>> objective) {
    Map<String, double[]> changed = new LinkedHashMap<>(all);
    double[] values = get(all, path).clone();
    values[index] += by;
    changed.put(path, values);
    return objective.applyAsDouble(changed);
  }

  private static double[][] through(Map<String, double[]> all, String network, double[][] x) {
    double[] weight = get(all, network + ".0.weight");
    double[] bias = get(all, network + ".0.bias");
    return Arrays.stream(x)
        .map(
            p -> {
              double[] y = bias.clone();
              for (int o = 0; o < y.length; o++) {
                for (int k = 0; k < p.length; k++) {
                  y[o] += weight[o * p.length + k] * p[k];
                }
              }
              return y;
            })
        .toArray(double[][]::new);
  }

  private static double mean(double[][] x) {
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  private static double distance(double[][] x, double[][] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < x[i].length; k++) {
        sum += Math.abs(x[i][k] - y[i][k]);
      }
    }
    return sum / (x.length * x[0].length);
  }

  private static double[] get(Map<String, double[]> all, String path) {
    double[] values = all.get(path);
    if (values == null) {
      throw new AssertionError("no " + path + " among " + all.keySet());
    }
    return values;
  }

  private static double[][] points(Tensor x) {
    double[] all = x.toDoubles();
    double[][] points = new double[all.length / 2][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {all[2 * i], all[2 * i + 1]};
    }
    return points;
  }

  private static Map<String, double[]> numbers(Training training) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    training
        .tensors()
        .values()
        .forEach(group -> group.forEach((path, t) -> numbers.put(path, t.toDoubles())));
    return numbers;
  }

  /** Pools and all four networks are resumed from a checkpoint, with and without diagnostics. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void goingOnKeepsPools(Precision precision, @TempDir Path dir) {
    try (Engine engine = open(precision)) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      Recipe recipe = recipe(7, 6, Dense.dense(4), Relu.relu(), Dense.dense(2));
      Training whole = Training.of(recipe, engine);
      whole.run();
      RunDirectory run = new RunDirectory(dir.resolve("run"));
      Training first = Diagnostics.attach(Training.of(recipe, engine));
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
      Map<String, double[]> expected = numbers(whole);
      assertEquals(14, expected.keySet().stream().filter(p -> p.startsWith("pool.")).count());
      Map<String, double[]> found = numbers(second);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
      assertArrayEquals(
          whole.sampler().sample(4, 2), Runs.sampler(run, recipe, engine).sample(4, 2));
    }
  }

  /** Sources are read in an order of their own, and samples are generated from them. */
  @Test
  default void samplesComeFromSources() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe(0, 1, Dense.dense(2)), engine);
      assertTrue(training.sampler().isFromImages());
      assertFalse(training.sampler().isPaired());
      double[][] sources = points(training.inputs().forDiscriminator(3).x());
      double[][] samples = points(training.inputs().real(3).x());
      // The ring has radius 1, the grid's means are farther out.
      assertTrue(Arrays.stream(sources).allMatch(p -> Math.hypot(p[0], p[1]) < 1.1));
      assertTrue(Arrays.stream(samples).allMatch(p -> Math.hypot(p[0], p[1]) > 1.1));
    }
  }
}
