package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The discriminator has won before the generator could begin: at steps 10 and 20 it scores every
 * real sample above every generated one ({@link Figure#D_ACCURACY} of 0.99 or more), and the
 * gradient of the generator's loss has fallen to a hundredth of what it was after the first step.
 */
final class InitialBalance implements Detector {
  private static final double ALL = 0.99;
  private static final double LITTLE = 0.01;
  private static final long FIRST = 1;
  private static final long MIDDLE = 10;
  private static final long LAST = 20;

  private final boolean isBackward;
  private final String accuracy;
  private final String gradient;
  private @Nullable Double start;
  private boolean hasWon;

  /** A detector for a direction, and the name of its generator. */
  InitialBalance(boolean isBackward, String generator) {
    this.isBackward = isBackward;
    accuracy = Figure.D_ACCURACY.column(isBackward);
    gradient = Figure.GRAD_NORM.column(generator);
  }

  @Override
  public List<String> hear(Step step) {
    Double size = step.figures().get(gradient);
    Double told = step.figures().get(accuracy);
    if (size == null || told == null) {
      return List.of();
    }
    if (step.number() == FIRST) {
      start = size;
    } else if (step.number() == MIDDLE) {
      hasWon = told >= ALL;
    } else if (step.number() == LAST && start != null && hasWon && told >= ALL) {
      double left = size / start;
      if (left < LITTLE) {
        return List.of(
            String.format(
                Locale.ROOT,
                "D has won from the start%s: after %d steps it scores every real sample above the"
                    + " generated ones, and the gradient of G's loss is %.1g times that after the"
                    + " first step; try smaller initial weights or a lower learning rate for D, or"
                    + " a normalization of its weights such as sn",
                isBackward ? " in the backward direction" : "",
                LAST,
                left));
      }
    }
    return List.of();
  }
}
