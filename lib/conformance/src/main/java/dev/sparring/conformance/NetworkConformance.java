package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.layer.AvgPool;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Elu;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Gelu;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.MaxPool;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Silu;
import dev.sparring.layer.Tanh;
import dev.sparring.layer.Upsample;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.network.Sampler;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.Latent;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers in a network: shapes, modes, states, and initial weights. */
public interface NetworkConformance extends EngineUnderTest {
  /** Each layer's output has the planned shape, in both modes, for one sample and several. */
  @Test
  default void layersPutOutWhatTheirPlanSays() {
    NetworkPlan plan =
        plan(
            Shape.of(24),
            Dense.dense(18),
            Elu.elu(),
            Reshape.reshape(2, 3, 3),
            BatchNorm.batchNorm(),
            ConvTranspose.convTranspose(3),
            Silu.silu(),
            ConvTranspose.convTranspose(4).kernel(3).outputPadding(1).bias(false),
            Gelu.gelu(),
            Upsample.upsample(3),
            Sigmoid.sigmoid(),
            AvgPool.avgPool().kernel(3).stride(2),
            MaxPool.maxPool(),
            Conv.conv(5).kernel(4).stride(3).padding(2),
            LeakyRelu.leakyRelu(),
            Dropout.dropout(0.3),
            Relu.relu(),
            Tanh.tanh(),
            Flatten.flatten(),
            Dense.dense(2));
    Starts.withDoubles(
        this,
        engine -> {
          Network network = Network.create(plan, engine, new Seed(1));
          for (int batch : new int[] {2, 5}) {
            for (PassOptions call :
                List.of(PassOptions.training(new Seed(1), 1, 0), PassOptions.evaluation())) {
              List<PlannedLayer> seen = new ArrayList<>();
              Tensor x = Values.random(1, batch, 24).on(engine);
              network.forward(
                  x,
                  network.parameters(),
                  call,
                  (layer, output) -> {
                    seen.add(layer);
                    assertEquals(layer.output().batch(batch), output.shape(), layer.path());
                  });
              assertEquals(plan.layers(), seen);
            }
          }
        });
  }

  /** PyTorch's batch normalization: two training passes, then evaluation. */
  @Test
  default void batchNormIsThatOfTheReference() {
    Starts.withDoubles(
        this,
        engine -> {
          for (Golden c : Golden.load("batch_norm").cases()) {
            Values x1 = c.tensor("x1");
            Network network =
                Network.create(
                    plan(x1.shape().sample(), BatchNorm.batchNorm()), engine, new Seed(1));
            parameter(network, "weight").assign(c.tensor("weight").on(engine));
            parameter(network, "bias").assign(c.tensor("bias").on(engine));
            PassOptions training = PassOptions.training(new Seed(1), 1, 0);
            String what = c.toString();
            Close.to(
                c.tensor("y1"), network.forward(x1.on(engine), training), 1e-12, what + " first");
            Close.to(c.tensor("running_mean_1"), buffer(network, "running_mean"), 1e-12, what);
            Close.to(c.tensor("running_var_1"), buffer(network, "running_var"), 1e-12, what);
            Tensor x2 = c.tensor("x2").on(engine);
            Close.to(c.tensor("y2_train"), network.forward(x2, training), 1e-12, what + " second");
            Close.to(c.tensor("running_mean_2"), buffer(network, "running_mean"), 1e-12, what);
            Close.to(c.tensor("running_var_2"), buffer(network, "running_var"), 1e-12, what);
            Tensor evaluated = network.forward(x2, PassOptions.evaluation());
            Close.to(c.tensor("y_eval_of_x2_after"), evaluated, 1e-12, what + " evaluation");
            Close.to(c.tensor("running_mean_2"), buffer(network, "running_mean"), 1e-12, what);
          }
        });
  }

  /**
   * Batch statistics always: for one number in a channel only the shift is left and the gradient is
   * 0, and unused running statistics stay unchanged.
   */
  @Test
  default void batchNormOfOneNumberIsItsShift() {
    Starts.withDoubles(
        this,
        engine -> {
          Network network =
              Network.create(
                  plan(Shape.of(3), BatchNorm.batchNorm().alwaysBatch(true)), engine, new Seed(1));
          double[] shift = {0.3, -1.2, 2.5};
          network.parameters().forEach((path, p) -> p.assign(engine.upload(shift, p.shape())));
          double[] states = states(network);
          for (PassOptions call :
              List.of(PassOptions.training(new Seed(1), 1, 0), PassOptions.evaluation())) {
            Tensor x = engine.upload(new double[] {7, -2, 0.4}, Shape.of(1, 3)).variable();
            Tensor y = network.forward(x, call);
            assertArrayEquals(shift, y.toDoubles(), 1e-12);
            Tensor slope = engine.gradients(y.square().sum(), List.of(x), false).get(0);
            assertArrayEquals(new double[3], slope.toDoubles(), 1e-9);
            Tensor two = engine.upload(new double[] {7, -2, 0.4, 1, 1, 3}, Shape.of(2, 3));
            assertFalse(
                Arrays.equals(shift, Arrays.copyOf(network.forward(two, call).toDoubles(), 3)));
          }
          assertArrayEquals(states, states(network));
        });
  }

  /** Dropout is off, statistics and vectors stay unchanged, equal inputs give equal outputs. */
  @Test
  default void evaluationChangesNothing() {
    Starts.withDoubles(
        this,
        engine -> {
          Network network =
              Network.create(
                  plan(
                      Bssn.bssn(1.2),
                      Shape.of(2, 4, 4),
                      Conv.conv(3),
                      BatchNorm.batchNorm(),
                      Dropout.dropout(),
                      Flatten.flatten(),
                      Dense.dense(2)),
                  engine,
                  new Seed(1));
          Tensor x = Values.random(4, 3, 2, 4, 4).on(engine);
          network.forward(x, PassOptions.training(new Seed(1), 1, 0));
          double[] states = states(network);
          double[] y = network.forward(x, PassOptions.evaluation()).toDoubles();
          assertArrayEquals(y, network.forward(x, PassOptions.evaluation()).toDoubles());
          assertArrayEquals(states, states(network));
          network.forward(x, PassOptions.training(new Seed(1), 1, 1));
          assertFalse(Arrays.equals(states, states(network)));
        });
  }

  /** A network without normalization gives the same outputs with the normalized weights. */
  @Test
  default void effectiveParametersAreWhatEvaluationUses() {
    Layer[] layers = {Conv.conv(3), BatchNorm.batchNorm(), Flatten.flatten(), Dense.dense(2)};
    Starts.withDoubles(
        this,
        engine -> {
          Shape input = Shape.of(2, 4, 4);
          Network normalized =
              Network.create(plan(Bssn.bssn(1.2), input, layers), engine, new Seed(1));
          Network plain = Network.create(plan(input, layers), engine, new Seed(2));
          Tensor x = Values.random(4, 3, 2, 4, 4).on(engine);
          assertFalse(
              Arrays.equals(
                  normalized.forward(x, PassOptions.evaluation()).toDoubles(),
                  plain.forward(x, normalized.parameters(), PassOptions.evaluation()).toDoubles()));
          assertArrayEquals(
              normalized.forward(x, PassOptions.evaluation()).toDoubles(),
              plain
                  .forward(x, normalized.normalizedParameters(), PassOptions.evaluation())
                  .toDoubles());
        });
  }

  private static double[] states(Network network) {
    List<Tensor> all = new ArrayList<>(network.buffers().values());
    all.addAll(network.normStates().values());
    return all.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
  }

  /** A sample in evaluation does not depend on its neighbours; in training it does. */
  @Test
  default void samplesAreIndependentOfTheirCount() {
    Starts.withDoubles(
        this,
        engine -> {
          NetworkPlan plan =
              NetworkPlan.of(
                  "generator",
                  Generator.generator(
                      List.of(Dense.dense(12), BatchNorm.batchNorm(), Reshape.reshape(3, 2, 2))),
                  Shape.of(5));
          Sampler sampler = new Sampler(Network.create(plan, engine, new Seed(1)), Latent.NORMAL);
          assertEquals(Shape.of(3, 2, 2), sampler.sampleShape());
          // More than one chunk of the sampler's.
          float[] many = sampler.sample(300, 7);
          float[] few = sampler.sample(2, 7);
          assertEquals(300 * 12, many.length);
          for (int i = 0; i < few.length; i++) {
            assertEquals(few[i], many[i], 1e-6f, "sample " + i / 12);
          }
          assertFalse(Arrays.equals(few, sampler.sample(2, 8)));
          assertTrue(distinct(many, 12) > 299);
        });
  }

  private static long distinct(float[] samples, int size) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < samples.length; i += size) {
      texts.add(Arrays.toString(Arrays.copyOfRange(samples, i, i + size)));
    }
    return texts.stream().distinct().count();
  }

  /** Equal seeds start equal networks in any precision; another seed starts another. */
  @Test
  default void weightsAreTheSeeds() {
    NetworkPlan plan =
        plan(Sn.sn(), Shape.of(2, 4, 4), Conv.conv(3), Conv.conv(3), Flatten.flatten());
    double[][] starts = new double[3][];
    Starts.withDoubles(
        this, engine -> starts[0] = numbers(Network.create(plan, engine, new Seed(3))));
    Starts.withDoubles(
        this, engine -> starts[1] = numbers(Network.create(plan, engine, new Seed(4))));
    Starts.with(
        this,
        Precision.FLOAT32,
        engine -> starts[2] = numbers(Network.create(plan, engine, new Seed(3))));
    assertFalse(Arrays.equals(starts[0], starts[1]));
    for (int i = 0; i < starts[0].length; i++) {
      assertEquals((float) starts[0][i], starts[2][i], "number " + i + " in single precision");
    }
  }

  /** Everything that core draws; v is computed from u and the weight, on the engine. */
  private static double[] numbers(Network network) {
    List<Tensor> all = new ArrayList<>(network.parameters().values());
    all.add(named(network.normStates(), "weight_u"));
    return all.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
  }

  /** Warm-up brings the estimate near the norm before the first pass. */
  @Test
  default void warmupComesBeforeTheFirstPass() {
    Starts.withDoubles(
        this,
        engine -> {
          double cold = firstNorm(engine, 0);
          double warm = firstNorm(engine, 50);
          double exact = firstNorm(engine, 500);
          assertTrue(cold > 0 && cold < 0.95 * exact, cold + " of " + exact);
          assertEquals(1, warm / exact, 0.02);
        });
  }

  /**
   * An evaluation before any training pass divides by an estimate, too: a random u and a random v
   * would give a norm near zero of any sign.
   */
  @Test
  default void theFirstEvaluationHasAPositiveNorm() {
    Starts.withDoubles(
        this,
        engine -> {
          double exact = firstNorm(engine, 500);
          for (int seed = 0; seed < 20; seed++) {
            double norm = firstNorm(engine, 0, seed);
            assertTrue(norm > 0.3 * exact, norm + " of " + exact + " at seed " + seed);
          }
        });
  }

  private static double firstNorm(Engine engine, int warmup) {
    return firstNorm(engine, warmup, 0);
  }

  /** What a fresh network's weight is divided by in evaluation; the weight is always the same. */
  private static double firstNorm(Engine engine, int warmup, int seed) {
    Network network =
        Network.create(
            plan(
                Sn.sn().power(Power.power().warmup(warmup)),
                Shape.of(60),
                Dense.dense(40).bias(false)),
            engine,
            new Seed(seed));
    Tensor x = Values.random(1, 1, 60).on(engine);
    double raw = x.linear(parameter(network, "weight"), null).toDoubles()[0];
    return raw / network.forward(x, PassOptions.evaluation()).toDoubles()[0];
  }

  private static NetworkPlan plan(Shape input, Layer... layers) {
    return NetworkPlan.of("discriminator", Discriminator.discriminator(List.of(layers)), input);
  }

  private static NetworkPlan plan(dev.sparring.norm.WeightNorm norm, Shape input, Layer... layers) {
    Discriminator d = Discriminator.discriminator(List.of(layers));
    return NetworkPlan.of(
        "discriminator",
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
        input);
  }

  private static Tensor parameter(Network network, String name) {
    return named(network.parameters(), name);
  }

  private static Tensor buffer(Network network, String name) {
    return named(network.buffers(), name);
  }

  private static Tensor named(java.util.Map<String, Tensor> tensors, String name) {
    Tensor t = tensors.get("discriminator.0." + name);
    if (t == null) {
      throw new AssertionError("no " + name + " among " + tensors.keySet());
    }
    return t;
  }
}
