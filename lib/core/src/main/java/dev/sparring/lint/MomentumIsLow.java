package dev.sparring.lint;

import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Adam's default momentum makes the two networks oscillate. */
final class MomentumIsLow implements Lint {
  /** PacGAN uses 0.8 for points. */
  private static final double MOST = 0.85;

  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    List<Warning> found = new ArrayList<>();
    check("optimizer.generator.beta1", recipe.optimizer().generator(), found);
    check("optimizer.discriminator.beta1", recipe.optimizer().discriminator(), found);
    return found;
  }

  private static void check(String path, Optimizer optimizer, List<Warning> found) {
    double beta1 =
        optimizer instanceof Adam a ? a.beta1() : optimizer instanceof AdamW w ? w.beta1() : 0;
    if (beta1 > MOST) {
      found.add(
          Warning.warning(
              path,
              beta1 + " is a high momentum for a GAN: training oscillates",
              "Radford, Metz and Chintala, arXiv:1511.06434, section 4",
              "0.5, or 0 with several discriminator updates a step"));
    }
  }
}
