package dev.sparring.recipe;

import dev.sparring.optim.Adam;
import dev.sparring.optim.Optimizer;
import dev.sparring.setting.Defaults;

/**
 * An optimizer for each player; different learning rates give the two time scales of Heusel et al.,
 * arXiv:1706.08500 (TTUR).
 *
 * @param generator the generator's optimizer
 * @param discriminator the discriminator's optimizer
 */
public record Optimizers(Optimizer generator, Optimizer discriminator) {
  /** Adam with its defaults for both. */
  @Defaults
  public static Optimizers optimizers() {
    return new Optimizers(Adam.adam(), Adam.adam());
  }
}
