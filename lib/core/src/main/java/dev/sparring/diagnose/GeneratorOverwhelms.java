package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;

/**
 * The discriminator cannot tell samples apart that differ much: {@link Figure#D_ACCURACY} has been
 * below 0.6 and {@link Figure#ENERGY_DISTANCE} above 0.2 in every measurement for two hundred
 * steps, and in at least three measurements. Losses look balanced then, {@code loss_d} near ln 4,
 * and G learns nothing from them. Reported once, and again only after it has passed in between.
 */
final class GeneratorOverwhelms implements Detector {
  private static final double CHANCE = 0.6;
  private static final double FAR = 0.2;
  private static final int STEPS = 200;
  private static final int LOOKS = 3;

  private final boolean isBackward;
  private final Streak fooled = new Streak(STEPS, LOOKS);

  /** A detector for a direction. */
  GeneratorOverwhelms(boolean isBackward) {
    this.isBackward = isBackward;
  }

  @Override
  public List<String> hear(Step step) {
    Double accuracy = step.figures().get(Figure.D_ACCURACY.column(isBackward));
    Double distance = step.figures().get(Figure.ENERGY_DISTANCE.column(isBackward));
    if (accuracy == null || distance == null) {
      return List.of();
    }
    if (!fooled.reached(step.number(), accuracy < CHANCE && distance > FAR)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "G overwhelms D%s: D scores a real sample above a generated one in %.0f %% of pairs,"
                + " about as by chance, while their energy distance is %.2f, and above %s for %d"
                + " steps; try more updates or a higher learning rate for D, a wider D, or a lower"
                + " rate for G",
            isBackward ? " in the backward direction" : "",
            100 * accuracy,
            distance,
            FAR,
            STEPS));
  }
}
