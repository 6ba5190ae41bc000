package dev.sparring.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Noise;
import dev.sparring.init.Constant;
import dev.sparring.init.Initializer;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.WeightSpec;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.norm.Bsn;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.Sn;
import dev.sparring.norm.Ssn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RandomStream;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights with which training cannot begin are found before it, by the plan or by a trial. */
class InitialValuesTest {
  private static Gan gan(Initializer init, WeightNorm norm) {
    return Gan.named("test")
        .data(Noise.noise(1, 4, 4))
        .generator(g -> g.latent(3).layers(Dense.dense(16), Reshape.reshape(1, 4, 4)))
        .discriminator(
            d ->
                d.norm(norm)
                    .init(Orthogonal.orthogonal())
                    .layers(Conv.conv(4).init(init), Flatten.flatten(), Dense.dense(1)));
  }

  private static String planned(Gan gan) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> GamePlan.of(gan.build())).getMessage());
  }

  private static String tried(Gan gan) {
    GamePlan plan = GamePlan.of(gan.build());
    return String.valueOf(
        assertThrows(RecipeException.class, () -> InitialValues.check(plan)).getMessage());
  }

  private static void passes(Gan gan) {
    InitialValues.check(GamePlan.of(gan.build()));
  }

  static Stream<Arguments> dividing() {
    return Stream.of(
        Arguments.of("sn", Sn.sn()),
        Arguments.of("ssn", Ssn.ssn(2)),
        Arguments.of("bsn", Bsn.bsn()),
        Arguments.of("bssn", Bssn.bssn(2)),
        Arguments.of("weightNorm", WeightNormalization.weightNorm()),
        Arguments.of("Frobenius", new Frobenius(Constant.constant(1))));
  }

  /** A normalization of a user's, with a state. */
  private record Frobenius(Initializer first) implements WeightNorm {
    @Override
    public Tensor normalize(Tensor weight, NormContext context) {
      return weight.div(weight.square().sum().sqrt());
    }

    @Override
    public List<NormTensor> states(WeightSpec weight) {
      return List.of(new NormTensor("weight_x", Shape.of(2), first));
    }

    @Override
    public boolean isScaleInvariant() {
      return true;
    }
  }

  /** An initializer of a user's: one value everywhere, which it does not say. */
  private record Silent(double value) implements Initializer {
    @Override
    public double[] draw(WeightSpec weight, RandomStream random) {
      double[] values = new double[weight.shape().elements()];
      Arrays.fill(values, value);
      return values;
    }
  }

  @ParameterizedTest
  @MethodSource("dividing")
  void zerosAreRefusedByThePlan(String word, WeightNorm norm) {
    String expected =
        " starts with a weight of zeros%s, and norm "
            + word
            + " divides by its length: draw it, e.g. init: orthogonal, he, xavier or normal";
    assertEquals(
        "discriminator.layers.0: conv 4 3x3 pad 1" + expected.formatted(""),
        planned(gan(Zeros.zeros(), norm)));
    assertEquals(
        "discriminator.layers.0: conv 4 3x3 pad 1" + expected.formatted(""),
        planned(gan(Constant.constant(-0.0), norm)));
    Gan all = gan(Zeros.zeros(), norm);
    assertEquals(
        "discriminator.layers.1: dense 2" + expected.formatted(" (the network's init)"),
        planned(
            all.discriminator(
                d ->
                    d.norm(norm)
                        .init(Zeros.zeros())
                        .layers(Flatten.flatten(), Dense.dense(2), Dense.dense(1)))));
    assertEquals(
        "discriminator.layers.0: conv 4 3x3 pad 1"
            + expected.formatted(" (the network's initByKind.conv)"),
        planned(
            all.discriminator(
                d ->
                    d.norm(norm)
                        .initByKind(InitByKind.initByKind().conv(Zeros.zeros()))
                        .layers(Conv.conv(4), Flatten.flatten(), Dense.dense(1)))));
  }

  @Test
  void otherConstantsAndNormsMayBegin() {
    passes(gan(Constant.constant(0.1), Sn.sn()));
    passes(gan(Constant.constant(-2), WeightNormalization.weightNorm()));
    passes(gan(Zeros.zeros(), None.none()));
    passes(gan(new Silent(0), None.none()));
    // Draws the weight itself, and divides by no length.
    passes(
        gan(Zeros.zeros(), None.none())
            .discriminator(
                d ->
                    d.norm(Equalized.equalized())
                        .init(Zeros.zeros())
                        .layers(Flatten.flatten(), Dense.dense(1))));
    // Zeros for biases are what nearly every network has.
    passes(
        gan(Orthogonal.orthogonal(), Sn.sn())
            .discriminator(
                d ->
                    d.norm(Sn.sn())
                        .biasInit(Zeros.zeros())
                        .layers(Flatten.flatten(), Dense.dense(1))));
  }

  @ParameterizedTest
  @MethodSource("dividing")
  void zerosOfUsersAreFoundByTheTrial(String word, WeightNorm norm) {
    assertEquals(
        "discriminator.layers.0: the initializer of weight returned zeros, and norm "
            + word
            + " divides by the weight's length",
        tried(gan(new Silent(0), norm)));
  }

  @Test
  void zerosAreThoseOfThePrecision() {
    Gan tiny = gan(new Silent(1e-60), Sn.sn());
    assertEquals(
        "discriminator.layers.0: the initializer of weight returned zeros, and norm sn divides by"
            + " the weight's length",
        tried(tiny));
    passes(tiny.train(Train.train().precision(Precision.FLOAT64)));
  }

  @Test
  void numbersThatAreNotFinite() {
    assertEquals(
        "discriminator.layers.0: the initializer of weight returned NaN at index 0",
        tried(gan(new Silent(Double.NaN), None.none())));
    assertEquals(
        "discriminator.layers.0: the initializer of weight_x returned Infinity at index 0",
        tried(gan(Orthogonal.orthogonal(), new Frobenius(new Silent(Double.POSITIVE_INFINITY)))));
    assertEquals(
        "generator.layers.0: the initializer of bias returned NaN at index 0",
        tried(
            gan(Orthogonal.orthogonal(), None.none())
                .generator(
                    g ->
                        g.latent(3)
                            .biasInit(new Silent(Double.NaN))
                            .layers(Dense.dense(16), Reshape.reshape(1, 4, 4)))));
  }

  /** An initializer that works for matrices only. */
  private record Matrices() implements Initializer {
    @Override
    public double[] draw(WeightSpec weight, RandomStream random) {
      return new double[weight.shape().rank() == 2 ? weight.shape().elements() : 1];
    }
  }

  @Test
  void everyKindOfWeightIsTried() {
    assertEquals(
        "discriminator.layers.0: the initializer of weight returned 1 numbers, expected 36 for shape"
            + " (4, 1, 3, 3)",
        tried(
            gan(Orthogonal.orthogonal(), None.none())
                .discriminator(
                    d ->
                        d.init(new Matrices())
                            .layers(Conv.conv(4), Flatten.flatten(), Dense.dense(1)))));
  }
}
