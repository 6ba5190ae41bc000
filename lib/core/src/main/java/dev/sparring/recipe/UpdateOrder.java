package dev.sparring.recipe;

/**
 * Who learns first in a step. Equal-looking programs differ in this, and it matters: for the
 * Dirac-GAN, simultaneous gradient descent runs away where the alternating one stays on an orbit
 * (Mescheder, Geiger and Nowozin, arXiv:1801.04406, section 2.2).
 */
public enum UpdateOrder {
  /**
   * The discriminator, and then the generator against it (Goodfellow et al., arXiv:1406.2661,
   * algorithm 1).
   */
  DISCRIMINATOR_FIRST,
  /** The generator, and then the discriminator against what it makes now. */
  GENERATOR_FIRST,
  /**
   * Both against each other's parameters as they were before the step: the gradients of both are
   * taken first. A program does this where it computes made samples once and updates the generator
   * first, as CycleGAN's does.
   */
  SIMULTANEOUS
}
