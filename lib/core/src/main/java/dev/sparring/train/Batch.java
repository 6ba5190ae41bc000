package dev.sparring.train;

import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples, or what a generator makes samples from, and what is known of each.
 *
 * @param x (N, ...): real or made samples, or noise, or the sources of paired data
 * @param labels (N, classes), one 1 in each row, else 0; null where nothing asks for classes
 * @param pair (N, ...): of a sample the source that it belongs to, of a source its real sample;
 *     null where data does not come in pairs
 */
public record Batch(Tensor x, @Nullable Tensor labels, @Nullable Tensor pair) {
  /** Of which nothing more is known. */
  public static Batch of(Tensor x) {
    return new Batch(x, null, null);
  }

  /** What a generator has made of this. */
  public Batch made(Tensor samples) {
    return new Batch(samples, labels, pair == null ? null : x);
  }

  /** The same samples, if they are others, of which the same is known. */
  public Batch x(Tensor x) {
    return new Batch(x, labels, pair);
  }
}
