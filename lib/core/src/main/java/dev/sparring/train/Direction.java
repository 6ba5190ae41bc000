package dev.sparring.train;

import org.jspecify.annotations.Nullable;

/**
 * A generator and the discriminator that judges what it makes. The letters are those of papers.
 *
 * @param G makes samples of sources, or of noise
 * @param D judges them
 * @param pool remembers some of them, or null
 * @param isBack whether sources are made of samples
 */
@SuppressWarnings("RecordComponentName") // the letters of the papers
record Direction(Player G, Player D, @Nullable Pool pool, boolean isBack) {
  /** The samples of a batch that are as they should be made. */
  Batch real(GameInputs inputs, long batch) {
    return isBack ? inputs.forDiscriminator(batch) : inputs.real(batch);
  }

  /** What the samples of one batch of the discriminator are made from. */
  Batch forDiscriminator(GameInputs inputs, long batch) {
    return isBack ? inputs.real(batch) : inputs.forDiscriminator(batch);
  }
}
