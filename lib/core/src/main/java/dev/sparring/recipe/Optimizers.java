package dev.sparring.recipe;

import dev.sparring.optim.Adam;
import dev.sparring.optim.Optimizer;
import dev.sparring.setting.Defaults;

/**
 * An optimizer for each player; different rates make the two time scales of Heusel et al.,
 * arXiv:1706.08500.
 *
 * @param generator of the generator
 * @param discriminator of the discriminator
 */
public record Optimizers(Optimizer generator, Optimizer discriminator) {
  /** Adam with its defaults for both. */
  @Defaults
  public static Optimizers optimizers() {
    return new Optimizers(Adam.adam(), Adam.adam());
  }
}
