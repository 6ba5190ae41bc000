package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Noise;
import dev.sparring.init.Distribution;
import dev.sparring.init.Fan;
import dev.sparring.init.FanRule;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.NonSaturating;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Equalized learning rate: starts like He's initializer, and learns at another rate. */
public interface EqualizedConformance extends EngineUnderTest {
  /** The rate of all updates. */
  double RATE = 0.01;

  /** The deviation of biases, so that they have an effect. */
  double BIASES = 0.5;

  /** The same draws, whatever the gain, the multiplier and the fan rule. */
  @Test
  default void theFirstPassIsThatOfHe() {
    Layer[] layers = {
      Conv.conv(3),
      LeakyRelu.leakyRelu(0.2),
      ConvTranspose.convTranspose(2),
      Relu.relu(),
      Flatten.flatten(),
      Dense.dense(2)
    };
    Starts.withDoubles(
        this,
        engine -> {
          Tensor x = Values.random(4, 3, 2, 4, 4).on(engine);
          for (FanRule fans : FanRule.values()) {
            for (Double gain : new Double[] {null, Math.sqrt(2), 1.0}) {
              for (double multiplier : new double[] {1, 0.01, 3}) {
                Network he = network(engine, he(gain), fans, None.none(), layers);
                Equalized norm = new Equalized(gain, multiplier);
                Network equalized = network(engine, null, fans, norm, layers);
                String what = norm + ", " + fans;
                assertArrayEquals(
                    he.forward(x, PassOptions.evaluation()).toDoubles(),
                    equalized.forward(x, PassOptions.evaluation()).toDoubles(),
                    1e-12,
                    what);
                he.parameters()
                    .zip(
                        equalized.normalizedParameters(),
                        (a, b) -> assertArrayEquals(a.toDoubles(), b.toDoubles(), 1e-14, what));
                // N(0, 1) / multiplier.
                double[] drawn = equalized.parameters().tensor("d.5.weight").toDoubles();
                double[] of = he.parameters().tensor("d.5.weight").toDoubles();
                double g = gain == null ? 1 : gain;
                double fanIn = of.length / 2.0; // of two outputs
                assertEquals(of[3] * Math.sqrt(fanIn) / g / multiplier, drawn[3], 1e-12, what);
              }
            }
          }
        });
  }

  /** One update of SGD moves the weight that is used by c^2 times the plain update. */
  @Test
  default void sgdMovesByTheSquareOfTheFactor() {
    for (double multiplier : new double[] {1, 0.5}) {
      try (Engine engine = open(Precision.FLOAT64)) {
        double[][] plain = moved(engine, Sgd.sgd(RATE), he(null), None.none());
        Equalized norm = Equalized.equalized().multiplier(multiplier);
        double[][] equalized = moved(engine, Sgd.sgd(RATE), null, norm);
        for (int p = 0; p < plain.length; p++) {
          double c = factor(p, multiplier);
          for (int i = 0; i < plain[p].length; i++) {
            assertEquals(c * c * plain[p][i], equalized[p][i], 1e-13, PATHS.get(p));
          }
        }
      }
    }
  }

  /** The first update of Adam moves each number that is used by the rate times c. */
  @Test
  default void adamMovesByTheFactor() {
    Optimizer adam = Adam.adam(RATE, 0.5, 0.999).eps(1e-200);
    for (double multiplier : new double[] {1, 0.5}) {
      try (Engine engine = open(Precision.FLOAT64)) {
        double[][] plain = moved(engine, adam, he(null), None.none());
        Equalized norm = Equalized.equalized().multiplier(multiplier);
        double[][] equalized = moved(engine, adam, null, norm);
        for (int p = 0; p < plain.length; p++) {
          double c = factor(p, multiplier);
          for (int i = 0; i < plain[p].length; i++) {
            assertEquals(RATE, Math.abs(plain[p][i]), 1e-13, PATHS.get(p));
            assertEquals(c * plain[p][i], equalized[p][i], 1e-13, PATHS.get(p));
          }
        }
      }
    }
  }

  /** The parameters of the discriminator of {@link #moved}. */
  List<String> PATHS =
      List.of(
          "discriminator.0.weight",
          "discriminator.0.bias",
          "discriminator.3.weight",
          "discriminator.3.bias");

  /** Gain * multiplier / sqrt(fan-in) for weights, the multiplier for biases. */
  private static double factor(int parameter, double multiplier) {
    return switch (parameter) {
      case 0 -> Math.sqrt(2 / 1.04) * multiplier / Math.sqrt(3 * 3 * 3);
      case 2 -> multiplier / Math.sqrt(4 * 3 * 3);
      default -> multiplier;
    };
  }

  /** How far one update moves the weights that the discriminator uses. */
  private static double[][] moved(
      Engine engine, Optimizer optimizer, @Nullable Initializer init, WeightNorm norm) {
    Recipe recipe =
        Gan.named("moved")
            .data(Noise.noise(3, 3, 3))
            .generator(g -> g.latent(2).layers(Dense.dense(27), Reshape.reshape(3, 3, 3)))
            .discriminator(
                d -> {
                  if (init != null) {
                    d.init(init);
                  }
                  d.biasInit(Normal.normal(0, BIASES))
                      .norm(norm)
                      .layers(
                          Conv.conv(4),
                          LeakyRelu.leakyRelu(0.2),
                          Flatten.flatten(),
                          Dense.dense(1));
                })
            .loss(NonSaturating.nonSaturating())
            .optimizers(optimizer, optimizer)
            .train(Train.train().steps(1).batch(4))
            .build();
    Training training = Training.of(recipe, engine);
    double[][] before = used(training);
    training.run();
    double[][] after = used(training);
    for (int p = 0; p < before.length; p++) {
      for (int i = 0; i < before[p].length; i++) {
        after[p][i] -= before[p][i];
      }
    }
    return after;
  }

  private static double[][] used(Training training) {
    double[][] numbers = new double[PATHS.size()][];
    Network d = training.networks().get("discriminator");
    if (d == null) {
      throw new AssertionError("no discriminator");
    }
    training
        .engine()
        .scope(
            () -> {
              for (int p = 0; p < numbers.length; p++) {
                numbers[p] = d.normalizedParameters().tensor(PATHS.get(p)).toDoubles();
              }
            });
    return numbers;
  }

  private static He he(@Nullable Double gain) {
    return new He(Distribution.NORMAL, Fan.IN, gain);
  }

  private static Network network(
      Engine engine, @Nullable Initializer init, FanRule fans, WeightNorm norm, Layer... layers) {
    Discriminator d = Discriminator.discriminator(List.of(layers));
    Discriminator spec =
        new Discriminator(
            d.packing(),
            d.pool(),
            null,
            init,
            Normal.normal(0, BIASES),
            d.initByKind(),
            fans,
            norm,
            d.layers());
    return Network.create(NetworkPlan.of("d", spec, Shape.of(2, 4, 4)), engine, new Seed(1));
  }
}
