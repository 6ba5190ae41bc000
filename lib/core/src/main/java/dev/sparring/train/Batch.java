package dev.sparring.train;

import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples, or the inputs of a generator, with their labels and pairs.
 *
 * @param x (N, ...): real or generated samples, noise, or sources
 * @param labels (N, classes), one 1 in each row, else 0; null if no layer or term needs classes
 * @param pair (N, ...): for samples their sources, for sources their real samples; null unless the
 *     data is paired
 */
public record Batch(Tensor x, @Nullable Tensor labels, @Nullable Tensor pair) {
  /** A batch without labels and pairs. */
  public static Batch of(Tensor x) {
    return new Batch(x, null, null);
  }

  /** The samples generated from this batch. */
  public Batch made(Tensor samples) {
    return new Batch(samples, labels, pair == null ? null : x);
  }

  /** The same batch with other samples. */
  public Batch x(Tensor x) {
    return new Batch(x, labels, pair);
  }
}
