package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Nearest-neighbour upsampling: each pixel is repeated factor x factor times. With a filter, images
 * are smoothed on the way, with zeros beyond the borders: the filter is separable, made wide enough
 * for the factor by a convolution with as many ones, so that [1, 2, 1] and factor 2 are [1, 3, 3,
 * 1] in each dimension, and divided by its sum. R3GAN has [1, 2, 1] (Huang, Gokaslan, Kuleshov and
 * Tompkin, arXiv:2501.05441, section 3.2; InterpolativeUpsampler in its code).
 *
 * @param factor how many times larger height and width become
 * @param filter the taps of the filter, an odd number; none for nearest neighbours
 */
@Word("upsample")
public record Upsample(int factor, List<Double> filter) implements Layer {
  /** Checks the settings. */
  public Upsample {
    Require.atLeast("factor", factor, 1);
    filter = List.copyOf(filter);
    Fir.check(filter);
  }

  /** Twice the size. */
  @Defaults
  public static Upsample upsample() {
    return upsample(2);
  }

  /** With this factor. */
  public static Upsample upsample(int factor) {
    return new Upsample(factor, List.of());
  }

  /** The same with a filter. */
  public Upsample filter(List<Double> filter) {
    return new Upsample(factor, filter);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    return Shape.of(
        input.dim(0),
        Math.multiplyExact(input.dim(1), factor),
        Math.multiplyExact(input.dim(2), factor));
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(factor);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return filter.isEmpty() ? x.upsampleNearest2d(factor) : Fir.up(x, filter, factor);
  }

  @Override
  public String summary() {
    return "upsample *" + factor + Fir.summary(filter);
  }
}
