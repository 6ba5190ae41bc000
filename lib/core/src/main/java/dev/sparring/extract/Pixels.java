package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * The samples' own numbers as features. It needs no network and no weights, and sees brightness and
 * place but neither strokes nor objects: good for telling runs of one small data set apart, and
 * never to be compared with figures of another extractor.
 */
public record Pixels() implements Extractor {
  public static final String NAME = "pixels";

  /**
   * More than this makes the eigenvalues of a covariance a matter of minutes: images of 3 x 32 x 32
   * are the largest.
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
