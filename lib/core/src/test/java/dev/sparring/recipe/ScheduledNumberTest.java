package dev.sparring.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.optim.ConstantRate;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.LinearDecay;
import dev.sparring.optim.StepDecay;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values of scheduled numbers, by hand. */
class ScheduledNumberTest {
  private static final double EXACT = 1e-15;
  private static final Train TRAIN = Train.train().steps(10).batch(6).accumulate(2);

  private static double at(ScheduledNumber number, double from, long step) {
    return number.at(from, step, TRAIN);
  }

  @Test
  void aLineOverTheRun() {
    ScheduledNumber number = ScheduledNumber.scheduled("a", 7);
    assertEquals(2, at(number, 2, 1));
    assertEquals(2.5, at(number, 2, 2), EXACT);
    assertEquals(6.5, at(number, 2, 10), EXACT);
    assertEquals(7, at(number, 2, 11));
    assertEquals(7, at(number, 2, 500));
  }

  /** Half a cosine wave: 0, 12, 24, 36, 48 of 48 images, and after them. */
  @Test
  void aCosineOverImages() {
    ScheduledNumber number =
        ScheduledNumber.scheduled("a", 0.55).shape(CosineDecay.cosineDecay()).images(48);
    double[] wanted = {
      0, 0.55 * (0.5 - Math.sqrt(0.125)), 0.275, 0.55 * (0.5 + Math.sqrt(0.125)), 0.55, 0.55
    };
    for (int step = 1; step <= 6; step++) {
      assertEquals(wanted[step - 1], at(number, 0, step), EXACT);
    }
  }

  /** R3GAN's second moment at half and three quarters of its 2e7 images, batches of 512. */
  @Test
  void theSpanOfThePaper() {
    ScheduledNumber number =
        ScheduledNumber.scheduled("a", 0.99).shape(CosineDecay.cosineDecay()).images(20_000_000);
    Train train = Train.train().steps(40_000).batch(500);
    assertEquals(0.9, number.at(0.9, 1, train));
    assertEquals(0.945, number.at(0.9, 20_001, train), EXACT);
    assertEquals(0.9 + 0.09 * (0.5 + Math.sqrt(0.125)), number.at(0.9, 30_001, train), EXACT);
    assertEquals(0.99, number.at(0.9, 40_001, train));
  }

  /** A span in steps, the second half of it only; and the unit of a shape's own settings. */
  @Test
  void shapesAreThoseOfSchedules() {
    ScheduledNumber late =
        ScheduledNumber.scheduled("a", -1).shape(new LinearDecay(0.5, 0)).steps(4);
    double[] wanted = {3, 3, 3, 1, -1, -1};
    ScheduledNumber jumps =
        ScheduledNumber.scheduled("a", -1).shape(new StepDecay(List.of(24), 0.25));
    for (int step = 1; step <= 6; step++) {
      assertEquals(wanted[step - 1], at(late, 3, step), EXACT);
      assertEquals(step <= 2 ? 3 : 0, at(jumps.images(60), 3, step), EXACT);
      assertEquals(3, at(late.shape(ConstantRate.constantRate()), 3, step));
    }
  }

  @Test
  void settingsAreChecked() {
    refusal("to must be finite, got NaN", () -> ScheduledNumber.scheduled("a", Double.NaN));
    refusal("setting must not be blank", () -> ScheduledNumber.scheduled(" ", 1));
    ScheduledNumber number = ScheduledNumber.scheduled("a", 1);
    refusal("images must be >= 1, got 0", () -> number.images(0));
    refusal("steps must be >= 1, got 0", () -> number.steps(0));
    refusal(
        "images 9 and steps 8 are two spans of one number: leave one of them out",
        () -> new ScheduledNumber("a", 1, number.shape(), 9L, 8));
  }

  private static void refusal(String text, Executable call) {
    assertEquals(text, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
