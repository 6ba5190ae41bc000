package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.Optional;

/**
 * What data looks like to networks.
 *
 * @param sample the shape of one sample
 * @param source the shape of one source where images are made from images; none for other data
 */
public record DataShapes(Shape sample, Optional<Shape> source) {
  /** The shapes in words. */
  @Override
  public String toString() {
    return sample + source.map(s -> " with sources of " + s).orElse("");
  }

  /**
   * What keeps samples that were held out from being compared with what is made for others.
   *
   * @param trained the form of what is trained on
   * @return in words, or nothing
   */
  public Optional<String> misfit(DataShapes trained) {
    return equals(trained)
        ? Optional.empty()
        : Optional.of("has samples of " + this + ", what is trained on has " + trained);
  }
}
