package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Ring;
import dev.sparring.init.Lsuv;
import dev.sparring.init.Normal;
import dev.sparring.layer.Dense;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.network.Network;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Precision;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Training;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Starts from a first batch. What is expected is computed by loops in Java from the same draws, and
 * has to be the same bits on every engine.
 */
public interface FirstBatchConformance extends EngineUnderTest {
  /** Latent, hidden and sample features of the generator. */
  List<Integer> SIZES = List.of(3, 5, 2);

  /** Samples in a batch. */
  int BATCH = 32;

  private static Recipe recipe(Precision precision) {
    return Gan.named("first")
        .data(Ring.ring())
        .generator(
            g ->
                g.latent(SIZES.get(0))
                    .init(Lsuv.lsuv().base(Normal.normal(0.1, 0.3)).tolerance(0.01).std(1.5))
                    .layers(
                        Dense.dense(SIZES.get(1)),
                        Relu.relu(),
                        Dense.dense(SIZES.get(2))
                            .init(Normal.normal(0, 0.3))
                            .norm(WeightNormalization.weightNorm().dataDependent(true))))
        .discriminator(
            d ->
                d.init(Lsuv.lsuv())
                    .layers(
                        Dense.dense(6),
                        LeakyRelu.leakyRelu(0.2),
                        Dense.dense(7).bias(false),
                        LeakyRelu.leakyRelu(0.2),
                        Dense.dense(1)))
        .train(Train.train().steps(1).batch(BATCH).seed(5).precision(precision))
        .build();
  }

  /** What the first batch is drawn from. */
  private static GameInputs inputs(Training training) {
    RunSeeds seeds = RunSeeds.of(new Seed(5).part("first batch"));
    return GameInputs.of(training.plan(), training.data(), training.engine(), seeds);
  }

  /** LSUV and weight normalization, weight by weight. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void generatorsStartAsLoopsSay(Precision precision) {
    Starts.with(
        this,
        precision,
        engine -> {
          Recipe recipe = recipe(precision);
          GamePlan plan = GamePlan.of(recipe);
          Training training = Training.of(recipe, engine);
          Map<String, double[]> found =
              doubles(Objects.requireNonNull(training.networks().get("generator")));
          Map<String, double[]> drawn =
              doubles(Network.create(plan.generator(), engine, new Seed(5)));
          double[] z = inputs(training).forDiscriminator(0).x().toDoubles();
          double[] w = Objects.requireNonNull(drawn.get("generator.0.weight"));
          double[] b = Objects.requireNonNull(drawn.get("generator.0.bias"));
          double[] h = linear(z, w, b, SIZES.get(0), SIZES.get(1));
          int attempts = 0;
          while (Math.abs(rounded(deviation(h)) - 1.5) > 0.01 && attempts < 10) {
            double std = rounded(deviation(h));
            double mean = Math.rint(mean(h) / std * 256) / 256 * std;
            for (int i = 0; i < w.length; i++) {
              w[i] = in(precision, w[i] * (1.5 / std));
            }
            for (int i = 0; i < b.length; i++) {
              b[i] = in(precision, b[i] - mean);
            }
            h = linear(z, w, b, SIZES.get(0), SIZES.get(1));
            attempts++;
          }
          assertTrue(attempts >= 1, "attempts " + attempts);
          assertArrayEquals(w, Objects.requireNonNull(found.get("generator.0.weight")));
          assertArrayEquals(b, Objects.requireNonNull(found.get("generator.0.bias")));
          for (int i = 0; i < h.length; i++) {
            h[i] = Math.max(0, h[i]);
          }
          double[] v = Objects.requireNonNull(drawn.get("generator.2.weight"));
          assertArrayEquals(v, Objects.requireNonNull(found.get("generator.2.weight")));
          for (int o = 0; o < SIZES.get(2); o++) {
            double squares = 0;
            for (int i = 0; i < SIZES.get(1); i++) {
              squares += v[o * SIZES.get(1) + i] * v[o * SIZES.get(1) + i];
            }
            double[] t = new double[BATCH];
            for (int n = 0; n < BATCH; n++) {
              for (int i = 0; i < SIZES.get(1); i++) {
                t[n] += h[n * SIZES.get(1) + i] * v[o * SIZES.get(1) + i] / Math.sqrt(squares);
              }
            }
            double std = rounded(deviation(t));
            double mean = Math.rint(mean(t) / std * 256) / 256 * std;
            double g = 1 / Math.sqrt(std * std + 1e-10);
            assertEquals(
                in(precision, g), Objects.requireNonNull(found.get("generator.2.weight_g"))[o]);
            assertEquals(
                in(precision, -mean * g), Objects.requireNonNull(found.get("generator.2.bias"))[o]);
          }
        });
  }

  /** Half of the batch real, half generated; each layer has a deviation near 1 then. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void discriminatorsStartOnBothHalves(Precision precision) {
    Starts.with(
        this,
        precision,
        engine -> {
          Recipe recipe = recipe(precision);
          Training training = Training.of(recipe, engine);
          GameInputs inputs = inputs(training);
          double[] real = inputs.real(0).x().toDoubles();
          double[] z = inputs.forDiscriminator(0).x().toDoubles();
          Map<String, double[]> g =
              doubles(Objects.requireNonNull(training.networks().get("generator")));
          double[] fake = made(z, g);
          double[] x = java.util.Arrays.copyOf(real, real.length);
          System.arraycopy(fake, BATCH, x, BATCH, BATCH); // two features, half of the samples
          Map<String, double[]> d =
              doubles(Objects.requireNonNull(training.networks().get("discriminator")));
          int[] sizes = {2, 6, 7, 1};
          for (int i = 0; i < 3; i++) {
            String path = "discriminator." + 2 * i;
            double[] bias = d.getOrDefault(path + ".bias", new double[sizes[i + 1]]);
            x =
                linear(
                    x,
                    Objects.requireNonNull(d.get(path + ".weight")),
                    bias,
                    sizes[i],
                    sizes[i + 1]);
            assertEquals(1, deviation(x), 0.105, path);
            for (int n = 0; n < x.length; n++) {
              x[n] = x[n] > 0 ? x[n] : 0.2 * x[n];
            }
          }
          // Half real and half generated are not what either alone would be.
          assertTrue(deviation(real) > 0);
        });
  }

  /** The same recipe starts the same; a recipe that measures nothing starts as it always did. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void startsAreRepeated(Precision precision) {
    Starts.with(
        this,
        precision,
        engine -> {
          Training one = Training.of(recipe(precision), engine);
          Training two = Training.of(recipe(precision), engine);
          for (String network : List.of("generator", "discriminator")) {
            Map<String, double[]> a = doubles(Objects.requireNonNull(one.networks().get(network)));
            Map<String, double[]> b = doubles(Objects.requireNonNull(two.networks().get(network)));
            a.forEach((path, values) -> assertArrayEquals(values, b.get(path), path));
          }
        });
  }

  private static double[] made(double[] z, Map<String, double[]> g) {
    double[] h =
        linear(
            z,
            Objects.requireNonNull(g.get("generator.0.weight")),
            Objects.requireNonNull(g.get("generator.0.bias")),
            SIZES.get(0),
            SIZES.get(1));
    for (int i = 0; i < h.length; i++) {
      h[i] = Math.max(0, h[i]);
    }
    double[] v = Objects.requireNonNull(g.get("generator.2.weight")).clone();
    double[] lengths = Objects.requireNonNull(g.get("generator.2.weight_g"));
    for (int o = 0; o < SIZES.get(2); o++) {
      double squares = 0;
      for (int i = 0; i < SIZES.get(1); i++) {
        squares += v[o * SIZES.get(1) + i] * v[o * SIZES.get(1) + i];
      }
      for (int i = 0; i < SIZES.get(1); i++) {
        v[o * SIZES.get(1) + i] *= lengths[o] / Math.sqrt(squares);
      }
    }
    return linear(
        h, v, Objects.requireNonNull(g.get("generator.2.bias")), SIZES.get(1), SIZES.get(2));
  }

  private static Map<String, double[]> doubles(Network network) {
    Map<String, double[]> all = new java.util.LinkedHashMap<>();
    network.parameters().forEach((path, p) -> all.put(path, p.toDoubles()));
    return all;
  }

  private static double[] linear(double[] x, double[] w, double[] b, int in, int out) {
    int count = x.length / in;
    double[] y = new double[count * out];
    for (int n = 0; n < count; n++) {
      for (int o = 0; o < out; o++) {
        double sum = b[o];
        for (int i = 0; i < in; i++) {
          sum += x[n * in + i] * w[o * in + i];
        }
        y[n * out + o] = sum;
      }
    }
    return y;
  }

  private static double mean(double[] x) {
    return java.util.Arrays.stream(x).average().orElseThrow();
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    return Math.sqrt(
        java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /** To eight binary digits, by another way than core's. */
  private static double rounded(double value) {
    double scale = 128;
    while (value * scale >= 256) {
      scale /= 2;
    }
    while (value * scale < 128) {
      scale *= 2;
    }
    return Math.rint(value * scale) / scale;
  }

  private static double in(Precision precision, double value) {
    return precision == Precision.FLOAT32 ? (float) value : value;
  }
}
