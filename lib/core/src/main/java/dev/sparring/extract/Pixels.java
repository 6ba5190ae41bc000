package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * The samples' own values as features. It needs no network and no weights. It captures brightness
 * and position but no strokes or objects: good for comparing runs on one small data set, but not
 * with figures of another extractor.
 */
public record Pixels() implements Extractor {
  public static final String NAME = "pixels";

  /**
   * Larger samples take minutes for the eigenvalues of a covariance; images of 3 x 32 x 32 are the
   * largest.
   */
  public static final int MOST = 3072;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public String conditions() {
    return "pixels: the samples' own numbers, in [-1, 1]";
  }

  @Override
  public void check(Shape sample) {
    int size = sample.elements();
    if (size > MOST) {
      throw new IllegalArgumentException(
          "samples of shape "
              + sample
              + " have "
              + size
              + " numbers; the extractor pixels takes at most "
              + MOST);
    }
  }

  @Override
  public Features features(float[] samples, Shape sample) {
    check(sample);
    return Features.of(samples, sample.elements());
  }
}
