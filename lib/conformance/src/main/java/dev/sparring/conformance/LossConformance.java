package dev.sparring.conformance;

import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Wasserstein;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses of core: values and gradients, for scores up to 100 in size. */
public interface LossConformance extends EngineUnderTest {
  /** PyTorch's values and gradients, the kinks of the hinge included. */
  @ParameterizedTest
  @EnumSource
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

  /**
   * By hand: G's loss is mean log(1 - sigmoid(f)), its derivative -sigmoid(f) / n, which vanishes
   * where the discriminator is sure; D's is the non-saturating one.
   */
  @ParameterizedTest
  @EnumSource
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
