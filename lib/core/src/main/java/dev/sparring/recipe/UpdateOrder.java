package dev.sparring.recipe;

/**
 * Which network is updated first in a step. Programs that look equal differ in this, and it
 * matters: for the Dirac-GAN, simultaneous gradient descent diverges where alternating descent
 * stays on an orbit (Mescheder, Geiger and Nowozin, arXiv:1801.04406, section 2.2).
 */
public enum UpdateOrder {
  /**
   * The discriminator, and then the generator against the updated discriminator (Goodfellow et al.,
   * arXiv:1406.2661, algorithm 1).
   */
  DISCRIMINATOR_FIRST,
  /** The generator, and then the discriminator against samples of the updated generator. */
  GENERATOR_FIRST,
  /**
   * Both against each other's parameters from before the step: the gradients of both are computed
   * first. A program does this if it computes generated samples once and updates the generator
   * first, as CycleGAN's does.
   */
  SIMULTANEOUS
}
