package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;

/**
 * Both losses have not changed for two hundred steps, although every step has other samples and
 * other noise: scores no longer depend on inputs. Reported once, and again only after a loss has
 * changed.
 */
final class LossesStandStill implements Detector {
  /** Rounding in single precision changes a loss by a relative 1e-7 or so. */
  private static final double STILL = 1e-6;

  private static final int STEPS = 200;

  private final Streak still = new Streak(STEPS, 2);
  private double lossD = Double.NaN;
  private double lossG = Double.NaN;

  @Override
  public List<String> hear(Step step) {
    double d = step.figures().getOrDefault("loss_d", Double.NaN);
    double g = step.figures().getOrDefault("loss_g", Double.NaN);
    if (!isStill(lossD, d) || !isStill(lossG, g)) {
      lossD = d;
      lossG = g;
      still.reached(step.number(), false);
    }
    // NaN is not equal to itself.
    if (!still.reached(step.number(), isStill(lossD, d) && isStill(lossG, g))) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "losses stand still: loss_d has been %.6g and loss_g %.6g for %d steps, whatever the"
                + " samples; a saturated or dead layer no longer passes anything on, so look at the"
                + " gradients and at the scale of the initial weights",
            d,
            g,
            STEPS));
  }

  private static boolean isStill(double reference, double value) {
    return Math.abs(value - reference) <= STILL * Math.max(1, Math.abs(reference));
  }
}
