package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.loss.Hinge;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Weight normalization: values and gradients, and networks that have it. */
public interface WeightNormConformance extends EngineUnderTest {
  /** PyTorch's: dense, convolution, transposed convolution, by v and by g. */
  @Test
  default void lengthsAndDirectionsAreThoseOfTheReference() {
    Starts.withDoubles(
        this,
        engine -> {
          WeightNormalization norm = WeightNormalization.weightNorm();
          for (Golden c : Golden.load("weight_norm").cases()) {
            String what = c.text("name");
            int axis = c.integer("output_axis");
            Tensor v = c.tensor("v").on(engine).variable();
            Tensor g = c.tensor("g").on(engine).variable();
            NormUnderTest context = NormUnderTest.of(norm, engine, v.shape(), axis);
            norm.begin(v, context);
            Close.to(c.tensor("start"), context.parameter("weight_g"), 1e-12, what);
            Tensor w = norm.normalize(v, context.parameters(Map.of("weight_g", g)));
            Close.to(c.tensor("w"), w, 1e-12, what);
            Tensor directed = w.times(c.tensor("grad_out").on(engine)).sum();
            List<Tensor> gradients = engine.gradients(directed, List.of(v, g), false);
            Close.to(c.tensor("grad_v"), gradients.get(0), 1e-12, what + ": by v");
            Close.to(c.tensor("grad_g"), gradients.get(1), 1e-12, what + ": by g");
          }
        });
  }

  /**
   * A network starts as without weight normalization, and its lengths scale the weights of each
   * output.
   */
  @Test
  default void networksStartAsWithout() {
    Layer[] layers = {
      Conv.conv(3),
      BatchNorm.batchNorm(),
      ConvTranspose.convTranspose(2),
      Flatten.flatten(),
      Dense.dense(2)
    };
    Starts.withDoubles(
        this,
        engine -> {
          Network plain = network(engine, None.none(), layers);
          Network normalized = network(engine, WeightNormalization.weightNorm(), layers);
          Tensor x = Values.random(4, 3, 2, 4, 4).on(engine);
          assertArrayEquals(
              plain.forward(x, PassOptions.evaluation()).toDoubles(),
              normalized.forward(x, PassOptions.evaluation()).toDoubles(),
              1e-12);
          Map<String, Tensor> parameters = normalized.parameters();
          assertEquals(Shape.of(3, 1, 1, 1), named(parameters, "d.0.weight_g").shape());
          assertEquals(Shape.of(1, 2, 1, 1), named(parameters, "d.2.weight_g").shape());
          assertEquals(Shape.of(2, 1), named(parameters, "d.4.weight_g").shape());
          Tensor lengths = named(parameters, "d.4.weight_g");
          lengths.assign(lengths.times(3));
          double[] raw = named(parameters, "d.4.weight").toDoubles();
          double[] used = named(normalized.normalizedParameters(), "d.4.weight").toDoubles();
          for (int i = 0; i < raw.length; i++) {
            assertEquals(3 * raw[i], used[i], 1e-12);
          }
          assertArrayEquals(
              normalized.forward(x, PassOptions.evaluation()).toDoubles(),
              plain
                  .forward(x, normalized.normalizedParameters(), PassOptions.evaluation())
                  .toDoubles(),
              1e-12);
        });
  }

  /** Lengths and directions move, and diagnostics show the normalized weight. */
  @Test
  default void lengthsAreTrained() {
    try (Engine engine = open(Precision.FLOAT64)) {
      Recipe recipe =
          Looks.recipe(
              3,
              3,
              WeightNormalization.weightNorm(),
              Hinge.hinge(),
              Conv.conv(4),
              Flatten.flatten(),
              Dense.dense(1));
      Training training = Training.of(recipe, engine);
      Tensor lengths = Looks.parameter(training, "discriminator.0.weight_g");
      Tensor directions = Looks.parameter(training, "discriminator.0.weight");
      lengths.assign(lengths.times(3));
      double[] firstLengths = lengths.toDoubles();
      double[] firstDirections = directions.toDoubles();
      double variance = variance(firstDirections);
      assertEquals(
          9 * variance * 27, // fan-in 3 * 3 * 3
          Looks.figure(Looks.look(training), "variance_lecun.discriminator.0.weight"),
          1e-12);
      training.run();
      assertNoneEqual(firstLengths, lengths.toDoubles());
      assertNoneEqual(firstDirections, directions.toDoubles());
    }
  }

  private static Tensor named(Map<String, Tensor> tensors, String path) {
    return Objects.requireNonNull(tensors.get(path), path);
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static void assertNoneEqual(double[] first, double[] last) {
    for (int i = 0; i < first.length; i++) {
      assertNotEquals(first[i], last[i], "number " + i);
    }
  }

  private static Network network(Engine engine, WeightNorm norm, Layer... layers) {
    Discriminator d = Discriminator.discriminator(List.of(layers));
    NetworkPlan plan =
        NetworkPlan.of(
            "d",
            new Discriminator(
                d.packing(),
                d.pool(),
                null,
                d.init(),
                d.biasInit(),
                d.initByKind(),
                d.fans(),
                norm,
                d.layers()),
            Shape.of(2, 4, 4));
    return Network.create(plan, engine, new Seed(1));
  }
}
