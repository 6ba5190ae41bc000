package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;

/**
 * The generator makes nearly one sample from every noise: {@link Figure#DIVERSITY} has been below a
 * tenth at three looks in a row, the first step's apart, where samples are small rather than alike.
 * Said once, and again only after it has been above in between.
 */
final class GeneratorCollapses implements Detector {
  private static final double ALIKE = 0.1;
  private static final int LOOKS = 3;

  private int looks;

  @Override
  public List<String> hear(Step step) {
    Double diversity = step.figures().get(Figure.DIVERSITY.column());
    if (diversity == null || step.number() == 1) {
      return List.of();
    }
    looks = diversity < ALIKE ? looks + 1 : 0;
    if (looks != LOOKS) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "G has collapsed: two of its samples are on average %.2g times as far apart as two real"
                + " ones, at %d looks in a row; try another seed, a lower learning rate for G, or"
                + " more updates of D",
            diversity,
            LOOKS));
  }
}
