package dev.sparring.train;

import dev.sparring.tensor.Tensor;

/**
 * What the loop feeds the players: real samples and noise, by the number of the update. Samples are
 * (N, ...), noise is (N, latent), on the training's engine; made anew for each call.
 */
public interface GameInputs {
  /** The real samples of one update of the discriminator, counted from 0. */
  Tensor real(long update);

  /** The noise behind the made samples of one update of the discriminator, counted from 0. */
  Tensor discriminatorNoise(long update);

  /** The noise of one update of the generator, counted from 0. */
  Tensor generatorNoise(long update);
}
