package dev.sparring.train;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one batch of an update is fed with. {@link NextStep} says it to all who ask: the loop,
 * diagnostics and probes.
 *
 * @param step the step, from 1
 * @param number of the batch among all batches of the player that is updated, from 0
 * @param from what samples are generated from
 * @param real real samples: those that the discriminator judges, or those that a loss or term of
 *     the generator compares with; made for each call
 * @param shared where both players have the same generated samples, the number of the
 *     discriminator's batch, by which the generating pass draws its random numbers; null if that
 *     pass draws its own
 */
public record NextUpdate(
    long step, long number, Batch from, Supplier<Batch> real, @Nullable Long shared) {
  /** The same from other noise or sources. */
  public NextUpdate from(Batch from) {
    return new NextUpdate(step, number, from, real, shared);
  }
}
