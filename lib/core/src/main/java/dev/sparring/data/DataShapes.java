package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.Optional;

/**
 * The shapes of samples and sources.
 *
 * @param sample the shape of one sample
 * @param source the shape of one source where images are generated from images; empty for other
 *     data
 */
public record DataShapes(Shape sample, Optional<Shape> source) {
  /** The shapes in words. */
  @Override
  public String toString() {
    return sample + source.map(s -> " with sources of " + s).orElse("");
  }

  /**
   * Why held-out data cannot be compared with generated samples: a mismatch of shapes, or empty.
   *
   * @param trained the shapes of the training data
   * @return a description, or empty
   */
  public Optional<String> misfit(DataShapes trained) {
    return equals(trained)
        ? Optional.empty()
        : Optional.of("has samples of " + this + ", the training data has " + trained);
  }
}
