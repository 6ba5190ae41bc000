package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;

/**
 * The generator generates nearly the same sample from every noise: {@link Figure#DIVERSITY} has
 * been below a tenth in every measurement for two hundred steps, and in at least three
 * measurements. Small initial weights may make all samples alike at first, which has passed by
 * then. Reported once, and again only after it has been above in between.
 */
final class GeneratorCollapses implements Detector {
  private static final double ALIKE = 0.1;
  private static final int STEPS = 200;
  private static final int LOOKS = 3;

  private final String diversity;
  private final String who;
  private final Streak alike = new Streak(STEPS, LOOKS);

  private GeneratorCollapses(String diversity, String who) {
    this.diversity = diversity;
    this.who = who;
  }

  /** A detector for the generator of a direction. */
  static GeneratorCollapses of(boolean isBackward) {
    return new GeneratorCollapses(
        Figure.DIVERSITY.column(isBackward), isBackward ? "the G of the backward direction" : "G");
  }

  @Override
  public List<String> hear(Step step) {
    Double now = step.figures().get(diversity);
    if (now == null || !alike.reached(step.number(), now < ALIKE)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%s has collapsed: two of its samples are on average %.2g times as far apart as two real"
                + " ones, and have been below %s times for %d steps; try another seed, a lower"
                + " learning rate for G, or more updates of D",
            who,
            now,
            ALIKE,
            STEPS));
  }
}
