package dev.sparring.train;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one batch of an update. {@link NextStep} gives the same ones to the loop,
 * diagnostics and probes.
 *
 * @param step the step, from 1
 * @param number number of the batch among all batches of the updated network, from 0
 * @param from the input of the generator
 * @param real supplier of real samples: those that the discriminator scores, or those that a loss
 *     or term of the generator compares with
 * @param shared if both networks use the same generated samples, the number of the discriminator's
 *     batch, by which the generating pass draws its random numbers; null if that pass draws its own
 * @param states what the discriminator's terms have kept so far
 */
public record NextUpdate(
    long step,
    long number,
    Batch from,
    Supplier<Batch> real,
    @Nullable Long shared,
    TermStates states) {
  /** With states of terms at their first values. */
  public NextUpdate(
      long step, long number, Batch from, Supplier<Batch> real, @Nullable Long shared) {
    this(step, number, from, real, shared, TermStates.none());
  }

  /** The same from other noise or sources. */
  public NextUpdate from(Batch from) {
    return new NextUpdate(step, number, from, real, shared, states);
  }
}
