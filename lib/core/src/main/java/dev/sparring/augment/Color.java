package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Changes brightness, then saturation, then contrast of each image, as in the code of DiffAugment
 * (Zhao et al., arXiv:2006.10738), each with its own u, uniform on [-1, 1): adds brightness * u;
 * scales each pixel's distance from the mean of its channels by 1 + saturation * u; scales each
 * value's distance from the mean of the image by 1 + contrast * u. Values are not clipped.
 *
 * <p>Images with one channel have no saturation. In paired data, source and sample are treated as
 * the channels of one image.
 *
 * @param brightness largest amount that is added, 0 for none
 * @param saturation largest relative change of saturation, 0 for none
 * @param contrast largest relative change of contrast, 0 for none
 */
@Word("color")
public record Color(double brightness, double saturation, double contrast) implements Augmentation {
  /** Checks the strengths. */
  public Color {
    Require.notNegative("brightness", brightness);
    Require.notNegative("saturation", saturation);
    Require.notNegative("contrast", contrast);
  }

  /** That code's strengths: 0.5, 1 and 0.5. */
  @Defaults
  public static Color color() {
    return new Color(0.5, 1, 0.5);
  }

  /** The same with another change of brightness. */
  public Color brightness(double brightness) {
    return new Color(brightness, saturation, contrast);
  }

  /** The same with another change of saturation. */
  public Color saturation(double saturation) {
    return new Color(brightness, saturation, contrast);
  }

  /** The same with another change of contrast. */
  public Color contrast(double contrast) {
    return new Color(brightness, saturation, contrast);
  }

  @Override
  public void check(Shape sample) {
    Images.need(sample);
  }

  @Override
  public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
    // Each draws its numbers even if it is off, so that switching one off does not change the
    // others.
    Tensor add = drawn(brightness, x, random, engine);
    Tensor saturate = drawn(saturation, x, random, engine);
    Tensor stretch = drawn(contrast, x, random, engine);
    Tensor y = brightness == 0 ? x : x.plus(add);
    if (saturation > 0) {
      y = y.plus(y.minus(mean(y, 1)).times(saturate));
    }
    return contrast == 0 ? y : y.plus(y.minus(mean(y, 1, 2, 3)).times(stretch));
  }

  private static Tensor drawn(double strength, Tensor x, RandomStream random, Engine engine) {
    double[] u = new double[x.shape().dim(0)];
    for (int i = 0; i < u.length; i++) {
      u[i] = strength * random.uniform(-1, 1);
    }
    return engine.upload(u, Shape.of(u.length, 1, 1, 1));
  }

  private static Tensor mean(Tensor x, int... axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    return x.sum(axes).times(1.0 / count);
  }
}
