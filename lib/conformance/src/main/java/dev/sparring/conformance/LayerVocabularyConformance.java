package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.layer.GaussianNoise;
import dev.sparring.layer.GlobalAvgPool;
import dev.sparring.layer.GlobalSumPool;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.Maxout;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.Padding;
import dev.sparring.layer.PaddingMode;
import dev.sparring.layer.PixelNorm;
import dev.sparring.layer.PixelShuffle;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Layers that core builds from the engine's operations: values, derivatives, and edge cases. */
public interface LayerVocabularyConformance extends EngineUnderTest {
  /** The layer of a case, with the settings of the case. */
  private static Layer layer(Golden c) {
    String name = c.text("layer");
    boolean affine = c.has("weight");
    return switch (name) {
      case "instanceNorm" -> InstanceNorm.instanceNorm().eps(c.number("eps")).affine(affine);
      case "layerNorm" -> LayerNorm.layerNorm().eps(c.number("eps")).affine(affine);
      case "groupNorm" ->
          GroupNorm.groupNorm(c.integer("groups")).eps(c.number("eps")).affine(affine);
      case "pixelNorm" -> PixelNorm.pixelNorm().eps(c.number("eps"));
      case "pixelShuffle" -> PixelShuffle.pixelShuffle(c.integer("factor"));
      case "globalAvgPool" -> GlobalAvgPool.globalAvgPool();
      case "globalSumPool" -> GlobalSumPool.globalSumPool();
      case "minibatchStdDev" -> MinibatchStdDev.minibatchStdDev(c.integer("groupSize"));
      case "maxout" -> Maxout.maxout(c.integer("pieces"));
      case "pad" ->
          Padding.pad(c.integer("size"))
              .mode(c.flag("reflect") ? PaddingMode.REFLECT : PaddingMode.ZERO);
      default -> throw new IllegalArgumentException("no layer for '" + name + "'");
    };
  }

  private static NetworkPlan plan(Shape input, Layer... layers) {
    return NetworkPlan.of("discriminator", Discriminator.discriminator(List.of(layers)), input);
  }

  private static Network network(Engine engine, Shape input, Layer... layers) {
    return Network.create(plan(input, layers), engine, new Seed(1));
  }

  private static PassOptions training() {
    return PassOptions.training(new Seed(1), 1, 0);
  }

  /** A forward pass with these parameters in the order of the layer's own. */
  private static Tensor forward(
      Network network, Tensor x, List<Tensor> parameters, PassOptions call) {
    Map<String, Tensor> with = new LinkedHashMap<>();
    for (String path : network.parameters().keySet()) {
      with.put(path, parameters.get(with.size()));
    }
    assertEquals(parameters.size(), with.size(), "parameters of " + network.plan().layers());
    Tensor y = network.forward(x, with, call);
    assertEquals(network.plan().output().batch(x.shape().dim(0)), y.shape());
    return y;
  }

  /** Values and gradients of the reference, in training and in evaluation. */
  @TestFactory
  default Stream<DynamicTest> layersAreThoseOfTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : EngineUnderTest.FORMATS) {
      for (Layout layout : Layout.values()) {
        for (Golden c : Golden.load("layers").cases()) {
          tests.add(
              DynamicTest.dynamicTest(
                  c.text("layer") + " " + c + ", " + precision + ", " + layout,
                  () ->
                      Starts.with(
                          this, precision, engine -> check(new GoldenRun(engine, layout, c)))));
        }
      }
    }
    return tests.stream();
  }

  private static void check(GoldenRun r) {
    Layer layer = layer(r.golden());
    Shape input = r.golden().tensor("x").shape().sample();
    Network network = network(r.engine(), input, layer);
    List<String> names = r.golden().has("weight") ? List.of("x", "weight", "bias") : List.of("x");
    for (PassOptions call : List.of(training(), PassOptions.evaluation())) {
      r.check(
          names,
          in -> forward(network, in.get(0), in.subList(1, in.size()).stream().toList(), call));
    }
  }

  /** First derivatives by input and parameters, against central differences. */
  @TestFactory
  default Stream<DynamicTest> layersHaveTheirFirstDerivatives() {
    return cases()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "first: " + c,
                    () ->
                        Starts.withDoubles(
                            this, engine -> c.checkFirst(engine, Layout.CONVOLVED))));
  }

  /** Second ones, which gradient penalties need, if the engine supports them. */
  @TestFactory
  default Stream<DynamicTest> layersHaveTheirSecondDerivatives() {
    return cases()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "second: " + c,
                    () ->
                        Starts.withDoubles(
                            this,
                            engine -> {
                              assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
                              c.checkSecond(engine, Layout.UPLOADED);
                            })));
  }

  private static Stream<GradientCase> cases() {
    return Golden.load("layers").cases().stream()
        .map(
            c -> {
              List<Values> inputs = new ArrayList<>(List.of(c.tensor("x")));
              if (c.has("weight")) {
                inputs.add(c.tensor("weight"));
                inputs.add(c.tensor("bias"));
              }
              return new GradientCase(
                  c.text("layer") + " " + c,
                  inputs,
                  (engine, in) ->
                      forward(
                          network(engine, in.get(0).shape().sample(), layer(c)),
                          in.get(0),
                          in.subList(1, in.size()),
                          training()));
            });
  }

  /**
   * A deviation of 0.07 beside a mean of 100 keeps the digits that single precision allows, which
   * rounds numbers of that size to 8e-6; the mean of squares minus the squared mean would keep one.
   */
  @Test
  default void aLargeMeanCostsNoVariance() {
    Shape input = Shape.of(4, 5, 6);
    Values far = Values.random(21, 3, 4, 5, 6).scaled(0.125, 100);
    Layer[] norms = {InstanceNorm.instanceNorm(), LayerNorm.layerNorm(), GroupNorm.groupNorm(2)};
    for (Layer norm : norms) {
      List<double[]> found = new ArrayList<>();
      for (Precision precision : EngineUnderTest.FORMATS) {
        Starts.with(
            this,
            precision,
            engine -> {
              Network network = network(engine, input, norm);
              // Both start from numbers that are exact in single precision.
              Tensor x = engine.upload(floats(far), far.shape());
              found.add(network.forward(x, training()).toDoubles());
            });
      }
      assertArrayEquals(found.get(0), found.get(1), 1e-3, norm.summary());
    }
  }

  private static float[] floats(Values values) {
    float[] floats = new float[values.shape().elements()];
    double[] doubles = values.data();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** Norms of single samples, unlike batch normalization: neighbours have no effect. */
  @Test
  default void samplesAreNormalizedByThemselves() {
    Shape input = Shape.of(4, 3, 2);
    Layer[] layers = {
      InstanceNorm.instanceNorm(),
      LayerNorm.layerNorm(),
      GroupNorm.groupNorm(2),
      PixelNorm.pixelNorm(),
      Maxout.maxout(2)
    };
    Starts.withDoubles(
        this,
        engine -> {
          Tensor x = Values.random(8, 5, 4, 3, 2).on(engine);
          for (Layer layer : layers) {
            Network network = network(engine, input, layer);
            double[] all = network.forward(x, training()).slice(0, 2, 1).toDoubles();
            double[] alone = network.forward(x.slice(0, 2, 1), training()).toDoubles();
            assertArrayEquals(all, alone, 1e-12, layer.summary());
          }
        });
  }

  /** Groups of 5 of 10, 7 of 7 and 2 of 2 if the group size is 4; and a single sample. */
  @Test
  default void minibatchDeviationTakesAnyBatch() {
    Starts.withDoubles(
        this,
        engine -> {
          Shape input = Shape.of(3);
          for (int[] sizes : new int[][] {{10, 5}, {7, 7}, {2, 2}, {6, 6}, {9, 9}, {12, 4}}) {
            Tensor x = Values.random(4, sizes[0], 3).on(engine);
            Network four = network(engine, input, MinibatchStdDev.minibatchStdDev());
            double[] found = four.forward(x, training()).toDoubles();
            double[] expected = withDeviations(x.toDoubles(), sizes[1]);
            assertArrayEquals(expected, found, 1e-12, sizes[0] + " samples");
          }
          Network alone = network(engine, Shape.of(1, 1, 2), MinibatchStdDev.minibatchStdDev());
          Tensor one = engine.upload(new double[] {3, 4}, Shape.of(1, 1, 1, 2));
          double[] found = alone.forward(one, PassOptions.evaluation()).toDoubles();
          assertArrayEquals(new double[] {3, 4, 1e-4, 1e-4}, found, 1e-12);
        });
  }

  /** Samples of three features each, by loops. */
  private static double[] withDeviations(double[] x, int size) {
    int batch = x.length / 3;
    int groups = batch / size;
    double[] all = new double[batch * 4];
    for (int n = 0; n < batch; n++) {
      double deviations = 0;
      for (int f = 0; f < 3; f++) {
        double sum = 0;
        double squares = 0;
        for (int other = n % groups; other < batch; other += groups) {
          sum += x[other * 3 + f];
          squares += x[other * 3 + f] * x[other * 3 + f];
        }
        double mean = sum / size;
        deviations += Math.sqrt(squares / size - mean * mean + 1e-8);
      }
      System.arraycopy(x, n * 3, all, n * 4, 3);
      all[n * 4 + 3] = deviations / 3;
    }
    return all;
  }

  /** Among equal pieces, the first gets the derivative; the largest is found for any sign. */
  @Test
  default void maxoutGivesTiesToTheFirst() {
    Starts.withDoubles(
        this,
        engine -> {
          Network network = network(engine, Shape.of(6), Maxout.maxout(3));
          double[] numbers = {2, 2, 2, -5, -1, -1};
          Tensor x = engine.upload(numbers, Shape.of(1, 6)).variable();
          Tensor y = network.forward(x, training());
          assertArrayEquals(new double[] {2, -1}, y.toDoubles());
          Tensor slope = engine.gradients(y.sum(), List.of(x), false).get(0);
          assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0}, slope.toDoubles());
        });
  }

  /** N(0, std) in training, another one for each step, pass and layer; nothing in evaluation. */
  @Test
  default void noiseIsDrawnInTrainingOnly() {
    Starts.withDoubles(
        this,
        engine -> {
          int n = 40_000;
          Network network = network(engine, Shape.of(n), GaussianNoise.noise(0.5));
          Tensor x = engine.full(3, Shape.of(1, n)).variable();
          Tensor noisy = network.forward(x, training());
          double[] y = noisy.toDoubles();
          double mean = Arrays.stream(y).average().orElseThrow();
          double variance = Arrays.stream(y).map(v -> (v - 3) * (v - 3)).average().orElseThrow();
          double fourth = Arrays.stream(y).map(v -> Math.pow(v - 3, 4)).average().orElseThrow();
          assertEquals(3, mean, 4 * 0.5 / Math.sqrt(n));
          assertEquals(0.25, variance, 4 * 0.25 * Math.sqrt(2.0 / n));
          assertEquals(3, fourth / (variance * variance), 4 * Math.sqrt(24.0 / n));
          double[] ones = new double[n];
          Arrays.fill(ones, 1);
          Tensor slope = engine.gradients(noisy.sum(), List.of(x), false).get(0);
          assertArrayEquals(ones, slope.toDoubles());
          assertArrayEquals(y, network.forward(x, training()).toDoubles());
          for (PassOptions other :
              List.of(
                  PassOptions.training(new Seed(2), 1, 0),
                  PassOptions.training(new Seed(1), 2, 0),
                  PassOptions.training(new Seed(1), 1, 1))) {
            assertFalse(Arrays.equals(y, network.forward(x, other).toDoubles()));
          }
          assertArrayEquals(
              x.toDoubles(),
              network.forward(x, PassOptions.evaluation()).toDoubles(),
              "evaluation");
        });
  }
}
