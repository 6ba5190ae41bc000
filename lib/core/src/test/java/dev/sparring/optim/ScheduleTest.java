package dev.sparring.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final double EXACT = 1e-15;

  @Test
  void constantStays() {
    assertEquals(1, ConstantRate.constantRate().factor(1, 100));
    assertEquals(1, ConstantRate.constantRate().factor(100, 100));
  }

  @Test
  void linearFallsFromTheFirstStep() {
    LinearDecay decay = LinearDecay.linearDecay();
    assertEquals(1, decay.factor(1, 10));
    assertEquals(0.9, decay.factor(2, 10), EXACT);
    assertEquals(0.5, decay.factor(6, 10), EXACT);
    assertEquals(0.1, decay.factor(10, 10), EXACT);
  }

  @Test
  void linearFallsBehindItsStartToItsEnd() {
    LinearDecay decay = LinearDecay.linearDecay().start(0.5).end(0.2);
    assertEquals(1, decay.factor(1, 10));
    assertEquals(1, decay.factor(6, 10));
    assertEquals(0.84, decay.factor(7, 10), EXACT);
    assertEquals(0.36, decay.factor(10, 10), EXACT);
  }

  /** torch.optim.lr_scheduler.CosineAnnealingLR with T_max = steps has these factors. */
  @Test
  void cosineIsHalfAWave() {
    CosineDecay decay = CosineDecay.cosineDecay();
    assertEquals(1, decay.factor(1, 8));
    assertEquals(0.5 * (1 + Math.sqrt(0.5)), decay.factor(3, 8), EXACT);
    assertEquals(0.5, decay.factor(5, 8), EXACT);
    assertEquals(0.5 * (1 - Math.sqrt(0.5)), decay.factor(7, 8), EXACT);
    assertEquals(0.5 * (1 + Math.cos(Math.PI * 7 / 8)), decay.factor(8, 8), EXACT);
  }

  @Test
  void cosineEndsAtItsEnd() {
    CosineDecay decay = CosineDecay.cosineDecay().end(0.1);
    assertEquals(1, decay.factor(1, 8), EXACT);
    assertEquals(0.55, decay.factor(5, 8), EXACT);
    assertEquals(0.1, decay.factor(1_000_001, 1_000_000), EXACT);
  }

  @Test
  void stepsMultiplyBehindEachStep() {
    StepDecay decay = StepDecay.stepDecay(List.of(3, 5)).factor(0.5);
    double[] expected = {1, 1, 1, 0.5, 0.5, 0.25, 0.25};
    for (int step = 1; step <= expected.length; step++) {
      assertEquals(expected[step - 1], decay.factor(step, 7));
    }
    assertEquals(0.1, StepDecay.stepDecay(List.of(1)).factor(2, 7));
  }

  @Test
  void settingsAreChecked() {
    refuses("start must be in [0, 1), got 1.0", () -> LinearDecay.linearDecay().start(1));
    refuses("end must be >= 0, got -0.5", () -> LinearDecay.linearDecay().end(-0.5));
    refuses("end must be >= 0, got NaN", () -> CosineDecay.cosineDecay().end(Double.NaN));
    refuses("factor must be > 0, got 0.0", () -> StepDecay.stepDecay(List.of(1)).factor(0));
    refuses("at must be ascending steps from 1, got [0]", () -> StepDecay.stepDecay(List.of(0)));
    refuses(
        "at must be ascending steps from 1, got [4, 4]", () -> StepDecay.stepDecay(List.of(4, 4)));
  }

  @Test
  void optimizersCheckTheirSettings() {
    refuses("lr must be > 0, got 0.0", () -> Adam.adam().lr(0));
    refuses("beta1 must be in [0, 1), got 1.0", () -> Adam.adam().beta1(1));
    refuses("beta2 must be in [0, 1), got -0.1", () -> AdamW.adamW().beta2(-0.1));
    refuses("eps must be > 0, got 0.0", () -> RmsProp.rmsProp().eps(0));
    refuses("weightDecay must be >= 0, got -1.0", () -> AdamW.adamW().weightDecay(-1));
    refuses("clipNorm must be > 0, got 0.0", () -> Sgd.sgd(0.1).clipNorm(0));
    refuses("momentum must be in [0, 1), got 1.0", () -> Sgd.sgd(0.1).momentum(1));
  }

  private static void refuses(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
