package dev.sparring.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.loss.Wasserstein;
import dev.sparring.loss.WeightedLoss;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The detectors that read the losses of each step. */
class LossDetectorsTest {
  private static Map<String, Double> losses(double d, double g) {
    return Map.of("loss_d", d, "loss_g", g);
  }

  @Test
  void theDiscriminatorHasWon() {
    Hearing hearing = Hearing.of(new DiscriminatorWins());
    hearing.steps(1, 6, losses(0.4, 2)).steps(7, 106, losses(0.0099, 5));
    assertEquals(List.of(), hearing.said(), "one step too few");
    hearing.steps(107, 500, losses(0, 5));
    assertEquals(
        List.of(
            "step 107: D has won: loss_d has been below 0.01 for 100 steps, so D tells all samples"
                + " apart and G has little to learn from; try a lower learning rate for D, or a"
                + " normalization of its weights such as sn or bssn"),
        hearing.said());
  }

  @Test
  void theDiscriminatorMayWinAgain() {
    Hearing hearing = Hearing.of(new DiscriminatorWins());
    hearing.steps(1, 300, losses(0.001, 5)).step(301, losses(0.01, 5));
    assertEquals(List.of(101L), hearing.when());
    hearing.steps(302, 401, losses(0.001, 5));
    assertEquals(List.of(101L), hearing.when());
    hearing.steps(402, 600, losses(0.001, 5));
    assertEquals(List.of(101L, 402L), hearing.when());
  }

  @Test
  void oneStepAboveBreaksIt() {
    for (double other : new double[] {0.01, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Hearing hearing = Hearing.of(new DiscriminatorWins());
      hearing.steps(1, 100, losses(0, 5)).step(101, losses(other, 5)).steps(102, 201, losses(0, 5));
      assertEquals(List.of(), hearing.said(), "with " + other);
    }
    Hearing missing = Hearing.of(new DiscriminatorWins());
    missing.steps(1, 100, losses(0, 5)).step(101, Map.of()).steps(102, 201, losses(0, 5));
    assertEquals(List.of(), missing.said());
  }

  /** As from the rows of a resumed run that writes one every ten steps. */
  @Test
  void stepsCountAndNotHowManyWereHeardOf() {
    Hearing hearing = Hearing.of(new DiscriminatorWins());
    for (int step = 10; step <= 500; step += 10) {
      hearing.step(step, losses(0.001, 5));
    }
    assertEquals(List.of(110L), hearing.when());
  }

  /** A loss without a lower bound may be arbitrarily small. */
  @Test
  void noDiscriminatorWinsByWasserstein() {
    for (var loss :
        List.of(
            Hinge.hinge(),
            LeastSquares.leastSquares(),
            Minimax.minimax(),
            NonSaturating.nonSaturating())) {
      Hearing hearing = Hearing.all(loss);
      for (int step = 1; step <= 300; step++) {
        hearing.step(step, losses(1e-3 * (step % 2), step));
      }
      assertEquals(List.of(101L), hearing.when(), loss.toString());
    }
    for (var loss :
        List.of(
            Wasserstein.wasserstein(),
            WeightedLoss.weighted(Wasserstein.wasserstein()),
            RelativisticAverage.relativisticAverage(Wasserstein.wasserstein()))) {
      Hearing wasserstein = Hearing.all(loss);
      for (int step = 1; step <= 300; step++) {
        wasserstein.step(step, losses(-step, step));
      }
      assertEquals(List.of(), wasserstein.said(), loss.toString());
    }
  }

  /** Reported by StudioGAN's users: 13.82 and -0.0 in every step. */
  @Test
  void lossesStandStill() {
    Hearing hearing = Hearing.of(new LossesStandStill());
    hearing.steps(1, 4, losses(13.9, 0.5)).steps(5, 204, losses(13.815511, -0.0));
    assertEquals(List.of(), hearing.said(), "one step too few");
    hearing.steps(205, 900, losses(13.815511, -0.0));
    assertEquals(
        List.of(
            "step 205: losses stand still: loss_d has been 13.8155 and loss_g -0.00000 for 200"
                + " steps, whatever the samples; a saturated or dead layer no longer passes"
                + " anything on, so look at the gradients and at the scale of the initial weights"),
        hearing.said());
  }

  @Test
  void lossesMayStandStillAgain() {
    Hearing hearing = Hearing.of(new LossesStandStill());
    hearing.steps(1, 300, losses(2, 3)).step(301, losses(2, 3.1)).steps(302, 501, losses(2, 3));
    assertEquals(List.of(201L), hearing.when());
    hearing.steps(502, 900, losses(2, 3));
    assertEquals(List.of(201L, 502L), hearing.when());
    // At other values, after one of the two has moved.
    hearing.steps(901, 1100, losses(2, 4));
    assertEquals(List.of(201L, 502L), hearing.when());
    assertEquals(List.of(201L, 502L, 1101L), hearing.step(1101, losses(2, 4)).when());
  }

  /** Rounding is no movement, but a slow drift is. */
  @Test
  void stillIsUpToRounding() {
    Hearing rounding = Hearing.of(new LossesStandStill());
    Hearing creeping = Hearing.of(new LossesStandStill());
    for (int step = 1; step <= 300; step++) {
      rounding.step(step, losses(1000 * (1 + 9e-7 * (step % 2)), 9e-7 * (step % 2)));
      creeping.step(step, losses(1000 * (1 + 1e-7 * step), 0));
    }
    assertEquals(List.of(201L), rounding.when());
    assertEquals(List.of(), creeping.when());
  }

  @Test
  void oneLossThatMovesIsEnough() {
    Hearing moving = Hearing.of(new LossesStandStill());
    for (int step = 1; step <= 500; step++) {
      moving.step(step, losses(step < 250 ? 0 : 2e-6 * (step % 2), step < 250 ? step : 7));
    }
    assertEquals(List.of(), moving.when());
  }

  @Test
  void whatIsMissingOrNoNumberDoesNotStandStill() {
    for (Map<String, Double> figures :
        List.of(
            Map.<String, Double>of(),
            Map.of("loss_d", 1.0),
            losses(Double.NaN, 1),
            losses(1, Double.POSITIVE_INFINITY))) {
      Hearing hearing = Hearing.of(new LossesStandStill());
      assertEquals(List.of(), hearing.steps(1, 500, figures).said(), figures.toString());
    }
    Hearing gap = Hearing.of(new LossesStandStill());
    gap.steps(1, 150, losses(1, 1)).step(151, losses(Double.NaN, 1)).steps(152, 352, losses(1, 1));
    assertEquals(List.of(352L), gap.when());
  }
}
