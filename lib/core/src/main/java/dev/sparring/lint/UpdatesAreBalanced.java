package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import java.util.ArrayList;
import java.util.List;

/** The ratio of updates of both networks is in the usual range. */
final class UpdatesAreBalanced implements Lint {
  /** WGAN and WGAN-GP have 5; twice that leaves room. */
  private static final double MOST_DISCRIMINATOR = 10;

  /**
   * Some code has two updates of the generator; more train it too much against one discriminator.
   */
  private static final double MOST_GENERATOR = 2;

  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    Train train = recipe.train();
    double ratio = (double) train.discriminatorSteps() / train.generatorSteps();
    List<Warning> found = new ArrayList<>();
    if (ratio > MOST_DISCRIMINATOR) {
      found.add(
          Warning.warning(
              "train.discriminatorSteps",
              ratio + " updates of the discriminator for one of the generator",
              "Arjovsky, Chintala and Bottou, arXiv:1701.07875, algorithm 1: 5",
              "at most 5"));
    } else if (ratio < 1 / MOST_GENERATOR) {
      found.add(
          Warning.warning(
              "train.generatorSteps",
              1 / ratio + " updates of the generator for one of the discriminator",
              "Goodfellow et al., arXiv:1406.2661, section 3: trained too much against one"
                  + " discriminator, it maps many noises to one sample",
              "1"));
    }
    return found;
  }
}
