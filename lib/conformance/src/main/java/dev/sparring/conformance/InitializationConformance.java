package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Noise;
import dev.sparring.init.Fixup;
import dev.sparring.init.Normal;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Scale;
import dev.sparring.layer.Shift;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.None;
import dev.sparring.optim.Adam;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Starts of residual networks, their scales and shifts, and layers that learn at rates of their
 * own.
 */
public interface InitializationConformance extends EngineUnderTest {
  /** Fixup and SkipInit: at the start a block is its shortcut, bit for bit, and can learn. */
  @Test
  default void residualBlocksBeginAsTheirShortcut() {
    Layer[] blocks = {
      Residual.residual(
          Shift.shift(),
          Conv.conv(3),
          LeakyRelu.leakyRelu(0.2),
          Conv.conv(3),
          Scale.scale(),
          Shift.shift()),
      ResidualBlock.residualBlock(3),
      Residual.residual(
          Conv.conv(3).init(Normal.normal(0, 0.5)),
          Relu.relu(),
          Conv.conv(3).init(Normal.normal(0, 0.5)),
          Scale.scale().init(Zeros.zeros()))
    };
    String[] zeros = {"d.0.layers.3.weight", "d.0.layers.3.weight", "d.0.layers.3.weight"};
    for (int i = 0; i < blocks.length; i++) {
      Layer block = blocks[i];
      String zero = zeros[i];
      for (Precision precision : FORMATS) {
        Starts.with(
            this,
            precision,
            engine -> {
              Network network = network(engine, block);
              Tensor x = Values.random(5, 2, 3, 4, 4).on(engine);
              NamedTensors weights = network.variables();
              Tensor y = network.forward(x, weights, PassOptions.evaluation());
              assertArrayEquals(x.toDoubles(), y.toDoubles(), block.toString());
              Tensor loss = y.times(Values.random(6, 2, 3, 4, 4).on(engine)).sum();
              Tensor of = weights.tensor(zero);
              double[] gradient = engine.gradients(loss, List.of(of), false).get(0).toDoubles();
              for (double g : gradient) {
                assertTrue(Math.abs(g) > 1e-6, block + ": " + g);
              }
            });
      }
    }
  }

  /** x * w and x + b, of one number and of one for each channel. */
  @Test
  default void scalesAndShiftsChannels() {
    Starts.withDoubles(
        this,
        engine -> {
          double[] x = Values.random(7, 2, 3, 4, 4).data();
          double[] numbers = {2.5, -0.75, 0.5};
          for (Layer layer :
              List.of(
                  Scale.scale(),
                  Scale.scale().perChannel(true),
                  Shift.shift(),
                  Shift.shift().perChannel(true))) {
            Network network = network(engine, layer);
            String path = network.parameters().keySet().iterator().next();
            int count = network.parameters().tensor(path).shape().elements();
            assertEquals(layer.toString().contains("true") ? 3 : 1, count);
            double[] own = java.util.Arrays.copyOf(numbers, count);
            Tensor y =
                network.forward(
                    engine.upload(x, Shape.of(2, 3, 4, 4)),
                    Map.of(path, engine.upload(own, Shape.of(count))),
                    PassOptions.evaluation());
            double[] expected = new double[x.length];
            for (int i = 0; i < x.length; i++) {
              double number = own[i / 16 % 3 % count];
              expected[i] = layer instanceof Scale ? x[i] * number : x[i] + number;
            }
            assertArrayEquals(expected, y.toDoubles(), 1e-15, layer.toString());
          }
        });
  }

  /** First derivatives of scales and shifts by input and numbers. */
  @TestFactory
  default Stream<DynamicTest> scalesAndShiftsHaveTheirDerivatives() {
    return Stream.of(
            Scale.scale(),
            Scale.scale().perChannel(true),
            Shift.shift(),
            Shift.shift().perChannel(true))
        .map(
            layer -> {
              int count = layer.toString().contains("true") ? 3 : 1;
              GradientCase c =
                  new GradientCase(
                      layer.toString(),
                      List.of(Values.random(8, 2, 3, 4, 4), Values.random(9, count)),
                      (engine, in) -> {
                        Network network = network(engine, layer);
                        String path = network.parameters().keySet().iterator().next();
                        return network.forward(
                            in.get(0), Map.of(path, in.get(1)), PassOptions.evaluation());
                      });
              return DynamicTest.dynamicTest(
                  layer.toString(),
                  () -> Starts.withDoubles(this, engine -> c.checkFirst(engine, Layout.CONVOLVED)));
            });
  }

  /** A layer's rate multiplies each of its steps; with 0 it stays. */
  @Test
  default void layersLearnAtTheirRates() {
    try (Engine engine = open(Precision.FLOAT64)) {
      for (Optimizer optimizer : List.of(Sgd.sgd(0.1), Adam.adam(0.01, 0.5, 0.999).eps(1e-200))) {
        double[][] plain = moved(engine, optimizer, 1, 1);
        double[][] rated = moved(engine, optimizer, 0.25, 0);
        for (int i = 0; i < plain[0].length; i++) {
          assertEquals(0.25 * plain[0][i], rated[0][i], 1e-15, optimizer.toString());
          assertTrue(plain[0][i] != 0);
        }
        assertArrayEquals(plain[1], rated[1], optimizer.toString());
        for (double still : rated[2]) {
          assertEquals(0, still);
        }
        assertTrue(Math.abs(plain[2][0]) > 1e-9);
      }
    }
  }

  /** How far one update moves the discriminator's weights. */
  private static double[][] moved(Engine engine, Optimizer optimizer, double first, double last) {
    Training training =
        Training.of(
            Gan.named("rates")
                .data(Noise.noise(3, 3, 3))
                .generator(g -> g.latent(2).layers(Dense.dense(27), Reshape.reshape(3, 3, 3)))
                .discriminator(
                    d ->
                        d.init(Normal.normal(0, 0.3))
                            .layers(
                                Conv.conv(4).rate(first),
                                LeakyRelu.leakyRelu(0.2),
                                Conv.conv(3),
                                Flatten.flatten(),
                                Dense.dense(1).rate(last)))
                .optimizers(optimizer, optimizer)
                .train(Train.train().steps(1).batch(4))
                .build(),
            engine);
    List<String> paths =
        List.of("discriminator.0.weight", "discriminator.2.weight", "discriminator.4.weight");
    NamedTensors weights =
        Objects.requireNonNull(training.networks().get("discriminator")).parameters();
    double[][] moved =
        paths.stream().map(p -> weights.tensor(p).toDoubles()).toArray(double[][]::new);
    training.run();
    for (int p = 0; p < moved.length; p++) {
      double[] after = weights.tensor(paths.get(p)).toDoubles();
      for (int i = 0; i < after.length; i++) {
        moved[p][i] = after[i] - moved[p][i];
      }
    }
    return moved;
  }

  private static Network network(Engine engine, Layer... layers) {
    Discriminator d =
        new Discriminator(
            1,
            0,
            null,
            Fixup.fixup(),
            null,
            InitByKind.initByKind(),
            null,
            None.none(),
            List.of(layers));
    return Network.create(NetworkPlan.of("d", d, Shape.of(3, 4, 4)), engine, new Seed(1));
  }
}
