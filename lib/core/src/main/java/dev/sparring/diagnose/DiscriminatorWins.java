package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;

/**
 * The discriminator tells every sample apart: its loss, which cannot be below 0, has been near 0
 * for a hundred steps. Reported once, and again only after the loss has been above in between. With
 * a backward direction {@code loss_d} is the sum of two losses, so it is reported when both
 * discriminators have won.
 */
final class DiscriminatorWins implements Detector {
  private static final double NEAR = 0.01;
  private static final int STEPS = 100;

  private final Streak near = new Streak(STEPS, 2);

  @Override
  public List<String> hear(Step step) {
    Double loss = step.figures().get("loss_d");
    if (!near.reached(step.number(), loss != null && loss < NEAR)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "D has won: loss_d has been below %s for %d steps, so D tells all samples apart and G"
                + " has little to learn from; try a lower learning rate for D, or a normalization"
                + " of its weights such as sn or bssn",
            NEAR,
            STEPS));
  }
}
