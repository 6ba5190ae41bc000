package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.Dense;
import dev.sparring.loss.R1;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.None;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import org.junit.jupiter.api.Test;

/**
 * The smallest game (Mescheder, Geiger and Nowozin, arXiv:1801.04406, section 2): all real samples
 * are 0, all generated ones theta, and D(x) = psi x. Its course is known in advance, and only a
 * penalty leads it to the equilibrium at 0. Numbers here are vectors of the plane whose second
 * component stays 0.
 */
public interface DiracConformance extends EngineUnderTest {
  /** The learning rate of both. */
  double RATE = 0.1;

  /** Updates of both. */
  int STEPS = 200;

  /** Both at once by gradient descent: the distance grows by the root of 1 + rate^2 each time. */
  @Test
  default void simultaneousDescentSpiralsOut() {
    double[] end = loop(0, UpdateOrder.SIMULTANEOUS);
    assertEquals(Math.pow(1 + RATE * RATE, STEPS / 2.0), distance(end), 1e-9);
    assertTrue(distance(end) > 2);
  }

  /** With R1 the map of a step has eigenvalues of size sqrt(1 - rate gamma + rate^2) below 1. */
  @Test
  default void simultaneousDescentConvergesWithR1() {
    double[] end = loop(1, UpdateOrder.SIMULTANEOUS);
    double[] expected = {1, 0};
    for (int i = 0; i < STEPS; i++) {
      double theta = expected[0];
      double psi = expected[1];
      expected[0] = theta + RATE * psi;
      expected[1] = psi - RATE * (theta + psi);
    }
    assertEquals(expected[0], end[0], 1e-12);
    assertEquals(expected[1], end[1], 1e-12);
    assertTrue(distance(end) < 1e-3);
  }

  /** The discriminator first: it circles, in an area that stays constant. */
  @Test
  default void alternatingDescentGoesRound() {
    double[] end = loop(0, UpdateOrder.DISCRIMINATOR_FIRST);
    assertEquals(alternating(0)[0], end[0], 1e-12);
    assertEquals(alternating(0)[1], end[1], 1e-12);
    assertTrue(distance(end) > 0.9 && distance(end) < 1.1, () -> "at " + distance(end));
  }

  /** With R1 it converges to the middle. */
  @Test
  default void alternatingDescentConvergesWithR1() {
    double[] end = loop(1, UpdateOrder.DISCRIMINATOR_FIRST);
    assertEquals(alternating(1)[0], end[0], 1e-12);
    assertEquals(alternating(1)[1], end[1], 1e-12);
    assertTrue(distance(end) < 1e-3);
  }

  private static double[] alternating(double gamma) {
    double theta = 1;
    double psi = 0;
    for (int i = 0; i < STEPS; i++) {
      psi -= RATE * (theta + gamma * psi);
      theta += RATE * psi;
    }
    return new double[] {theta, psi};
  }

  private double[] loop(double gamma, UpdateOrder order) {
    try (Engine engine = open(Precision.FLOAT64)) {
      assumeTrue(gamma == 0 || engine.abilities().contains(Ability.SECOND_DERIVATIVES));
      Values zero = Values.of(Shape.of(1, 2), 0, 0);
      // From zero noise, the generator outputs its bias.
      Training training =
          Training.of(recipe(gamma, order), engine).inputs(Looks.inputs(engine, zero, zero, zero));
      Tensor theta = Looks.parameter(training, "generator.0.bias");
      Tensor psi = Looks.parameter(training, "discriminator.0.weight");
      theta.assign(engine.upload(new double[] {1, 0}, Shape.of(2)));
      psi.assign(engine.full(0, Shape.of(1, 2)));
      training.run();
      return new double[] {theta.toDoubles()[0], psi.toDoubles()[0]};
    }
  }

  private static Recipe recipe(double gamma, UpdateOrder order) {
    Gan gan =
        Gan.named("dirac")
            .data(Ring.ring().points(1))
            .generator(g -> g.latent(2).layers(Dense.dense(2)))
            .discriminator(d -> d.norm(None.none()).layers(Dense.dense(1).bias(false)))
            .loss(Wasserstein.wasserstein())
            .optimizers(Sgd.sgd(RATE), Sgd.sgd(RATE))
            .train(Train.train().steps(STEPS).batch(1).order(order));
    if (gamma > 0) {
      gan.terms(R1.r1().gamma(gamma));
    }
    return gan.build();
  }

  private static double distance(double[] at) {
    return Math.hypot(at[0], at[1]);
  }
}
