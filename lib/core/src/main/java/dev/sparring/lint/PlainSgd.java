package dev.sparring.lint;

import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;

/**
 * SGD without momentum for a network of several layers. A note: it is how the theory of GANs is
 * written, and its rate has to be found for each network, while the size of Adam's steps hardly
 * depends on that of gradients.
 */
final class PlainSgd implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    Optimizers both = plan.recipe().optimizer();
    List<Warning> found = new ArrayList<>();
    check("generator", both.generator(), plan.generator().weighted().count(), found);
    check("discriminator", both.discriminator(), plan.discriminator().weighted().count(), found);
    return found;
  }

  private static void check(String player, Optimizer optimizer, long weights, List<Warning> found) {
    if (optimizer instanceof Sgd sgd && sgd.momentum() == 0 && weights > 1) {
      found.add(
          Warning.note(
              "optimizer." + player,
              "sgd steps in proportion to gradients, whose sizes differ much between layers and"
                  + " players of a GAN",
              "Jelassi et al., Dissecting adaptive methods in GANs, arXiv:2210.04319; Radford et"
                  + " al., arXiv:1511.06434, section 4, which took Adam instead",
              "adam, rmsProp or adamW"));
    }
  }
}
