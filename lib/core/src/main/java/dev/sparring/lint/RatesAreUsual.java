package dev.sparring.lint;

import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Learning rates in the usual range of GANs, for optimizers with normalized steps. */
final class RatesAreUsual implements Lint {
  /** DCGAN found 0.001 too high; small networks on points tolerate more. */
  private static final double MOST_ON_IMAGES = 1e-3;

  private static final double MOST_ON_POINTS = 5e-3;
  private static final double LEAST = 1e-6;

  /** The two rates of DCGAN on CelebA in TTUR's table 1 are 1e-5 and 5e-4. */
  private static final double RATIO = 50;

  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    boolean isImage = plan.sample().rank() == 3;
    double most = isImage ? MOST_ON_IMAGES : MOST_ON_POINTS;
    Optimizer g = recipe.optimizer().generator();
    Optimizer d = recipe.optimizer().discriminator();
    List<Warning> found = new ArrayList<>();
    check("optimizer.generator.lr", g, most, isImage, found);
    check("optimizer.discriminator.lr", d, most, isImage, found);
    double ratio = Math.max(g.lr() / d.lr(), d.lr() / g.lr());
    if (isNormalized(g) && isNormalized(d) && ratio > RATIO * (1 + 1e-9)) {
      found.add(
          Warning.warning(
              "optimizer",
              "the rates " + g.lr() + " and " + d.lr() + " are far apart",
              "Heusel et al., arXiv:1706.08500, table 1: up to " + (int) RATIO + " times",
              "rates within a factor of 5, or updates: train.discriminatorSteps"));
    }
    return found;
  }

  private static void check(
      String path, Optimizer optimizer, double most, boolean isImage, List<Warning> found) {
    if (!isNormalized(optimizer)) {
      return;
    }
    boolean isHigh = isImage ? optimizer.lr() >= most : optimizer.lr() > most;
    if (isHigh) {
      found.add(
          Warning.warning(
              path,
              optimizer.lr() + " is a high rate for a GAN",
              "Radford, Metz and Chintala, arXiv:1511.06434, section 4: 0.001 too high",
              "between 1e-4 and 4e-4"));
    } else if (optimizer.lr() < LEAST) {
      found.add(
          Warning.warning(
              path,
              optimizer.lr() + " is so low a rate that nothing moves for 100,000 updates",
              "a normalized step is about as long as the rate",
              "between 1e-4 and 4e-4"));
    }
  }

  private static boolean isNormalized(Optimizer optimizer) {
    return optimizer instanceof Adam || optimizer instanceof AdamW || optimizer instanceof RmsProp;
  }
}
