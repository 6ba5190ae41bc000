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
  /** What this direction is fed with, of what the game is. */
  GameInputs inputsOf(GameInputs inputs) {
    return isBack ? inputs.back() : inputs;
  }
}
