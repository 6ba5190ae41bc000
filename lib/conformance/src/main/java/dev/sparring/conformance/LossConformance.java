package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.loss.Wasserstein;
import dev.sparring.loss.WeightedLoss;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses of core: values and gradients, for scores up to 100 in size. */
public interface LossConformance extends EngineUnderTest {
  /** PyTorch's values and gradients, the kinks of the hinge included. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void lossesAreThoseOfTheReference(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    Starts.with(
        this,
        precision,
        engine -> {
          for (Golden c : Golden.load("losses").cases()) {
            Loss loss =
                switch (c.text("loss")) {
                  case "nonsaturating_bce" -> NonSaturating.nonSaturating();
                  case "hinge" -> Hinge.hinge();
                  case "lsgan" -> LeastSquares.leastSquares();
                  case "wgan" -> Wasserstein.wasserstein();
                  default -> throw new IllegalArgumentException(c.text("loss"));
                };
            String what = c.text("loss") + " of " + c.text("values") + " scores";
            Tensor real = c.tensor("real_logits").on(engine).variable();
            Tensor fake = c.tensor("fake_logits").on(engine).variable();
            Tensor d = loss.discriminator(real, fake);
            Close.numbers(c.number("d_loss"), d.item(), tolerance, what);
            List<Tensor> grads = engine.gradients(d, List.of(real, fake), false);
            Close.to(c.tensor("d_grad_real"), grads.get(0), tolerance, what + ", d/d real");
            Close.to(c.tensor("d_grad_fake"), grads.get(1), tolerance, what + ", d/d fake");
            Tensor g = loss.generator(fake);
            Close.numbers(c.number("g_loss"), g.item(), tolerance, what + ", generator");
            Close.to(
                c.tensor("g_grad_fake"),
                engine.gradients(g, List.of(fake), false).get(0),
                tolerance,
                what + ", generator d/d fake");
          }
        });
  }

  /** PyTorch's values and gradients of losses with settings and of composite losses. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void composedLossesAreThoseOfTheReference(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    Starts.with(
        this,
        precision,
        engine -> {
          for (Golden c : Golden.load("more_losses").cases()) {
            String what = c.text("loss") + " of " + c.text("values") + " scores";
            Loss loss = named(c.text("loss"));
            Tensor real = c.tensor("real").on(engine).variable();
            Tensor fake = c.tensor("fake").on(engine).variable();
            Tensor d = loss.discriminator(real, fake);
            Close.numbers(c.number("d_loss"), d.item(), tolerance, what);
            List<Tensor> grads = engine.gradients(d, List.of(real, fake), false);
            Close.to(c.tensor("d_grad_real"), grads.get(0), tolerance, what + ", d/d real");
            Close.to(c.tensor("d_grad_fake"), grads.get(1), tolerance, what + ", d/d fake");
            int[] asked = new int[1];
            Tensor g =
                loss.generator(
                    fake,
                    () -> {
                      asked[0]++;
                      return real;
                    });
            assertEquals(c.has("g_grad_real") ? 1 : 0, asked[0], what + ": asks for real samples");
            assertEquals(c.has("g_grad_real"), loss.comparesWithReal());
            Close.numbers(c.number("g_loss"), g.item(), tolerance, what + ", generator");
            Close.to(
                c.tensor("g_grad_fake"),
                engine.gradients(g, List.of(fake), false).get(0),
                tolerance,
                what + ", generator d/d fake");
            if (c.has("g_grad_real")) {
              Close.to(
                  c.tensor("g_grad_real"),
                  engine.gradients(g, List.of(real), false).get(0),
                  tolerance,
                  what + ", generator d/d real");
            }
          }
        });
  }

  private static Loss named(String name) {
    return switch (name) {
      case "relativistic bce" ->
          RelativisticAverage.relativisticAverage(NonSaturating.nonSaturating());
      case "relativistic hinge" -> RelativisticAverage.relativisticAverage(Hinge.hinge());
      case "relativistic lsgan, targets 1 and -1" ->
          RelativisticAverage.relativisticAverage(LeastSquares.leastSquares().fakeTarget(-1));
      case "relativistic wgan" ->
          RelativisticAverage.relativisticAverage(Wasserstein.wasserstein());
      case "bce, real target 0.9" -> NonSaturating.nonSaturating().realTarget(0.9);
      case "minimax, real target 0.7" -> Minimax.minimax().realTarget(0.7);
      case "lsgan, targets 0.9, -1 and 0.25" ->
          LeastSquares.leastSquares().realTarget(0.9).fakeTarget(-1).generatorTarget(0.25);
      case "log probability" -> LogProbability.logProbability();
      case "half of hinge, twice for G" ->
          WeightedLoss.weighted(Hinge.hinge()).discriminator(0.5).generator(2);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Factors of a loss that compares go through to it. */
  @Test
  default void aWeightedLossStillCompares() {
    Loss plain = RelativisticAverage.relativisticAverage(Hinge.hinge());
    Loss half = WeightedLoss.weighted(plain).discriminator(0.5).generator(0.25);
    Starts.withDoubles(
        this,
        engine -> {
          Tensor real = scores(engine, 0.5, -2, 1.5);
          Tensor fake = scores(engine, 1, -0.25, 3);
          Close.numbers(
              plain.discriminator(real, fake).item() / 2,
              half.discriminator(real, fake).item(),
              1e-15,
              "D");
          Close.numbers(
              plain.generator(fake, () -> real).item() / 4,
              half.generator(fake, () -> real).item(),
              1e-15,
              "G");
        });
  }

  /**
   * By hand: G's loss is mean log(1 - sigmoid(f)), its derivative -sigmoid(f) / n, which vanishes
   * if the discriminator is certain; D's is the non-saturating one.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void minimaxIsTheOriginalGame(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    double[] scores = {100, -100, 1.5, -2, 0};
    Starts.with(
        this,
        precision,
        engine -> {
          Tensor fake = scores(engine, scores).variable();
          Tensor loss = Minimax.minimax().generator(fake);
          double sum = 0;
          double[] gradient = new double[scores.length];
          for (int i = 0; i < scores.length; i++) {
            // log(1 - sigmoid(100)) is -100 to within e^-100.
            sum += scores[i] == 100 ? -100 : -Math.log1p(Math.exp(scores[i]));
            gradient[i] = -1 / (1 + Math.exp(-scores[i])) / scores.length;
          }
          Close.numbers(sum / scores.length, loss.item(), tolerance, "generator's loss");
          Close.to(
              Values.of(Shape.of(5, 1), gradient),
              engine.gradients(loss, List.of(fake), false).get(0),
              tolerance,
              "its gradient");
          Tensor real = scores(engine, 3, -50, 100, 0.5, -0.25);
          Close.numbers(
              NonSaturating.nonSaturating().discriminator(real, fake).item(),
              Minimax.minimax().discriminator(real, fake).item(),
              0,
              "discriminator's loss");
        });
  }

  private static Tensor scores(Engine engine, double... values) {
    return Values.of(Shape.of(values.length, 1), values).on(engine);
  }
}
