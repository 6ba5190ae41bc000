package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Smaller images by a low-pass filter: (C, H, W) to (C, H / factor, W / factor), each channel for
 * itself, with zeros beyond the borders. The filter is separable; it is made wide enough for the
 * factor by a convolution with as many ones, so that [1, 2, 1] and factor 2 are [1, 3, 3, 1] in
 * each dimension, and divided by its sum. With [1] this is {@code avgPool}. It is the transpose of
 * {@code upsample} with the same filter, divided by factor^2.
 *
 * <p>R3GAN has [1, 2, 1] (Huang, Gokaslan, Kuleshov and Tompkin, arXiv:2501.05441, section 3.2;
 * InterpolativeDownsampler in its code). StyleGAN2 has [1, 3, 3, 1] (Karras et al.,
 * arXiv:1912.04958), which is the same for resampling alone.
 *
 * @param factor how many times smaller height and width become
 * @param filter the taps of the filter, an odd number
 */
@Word("downsample")
public record Downsample(int factor, List<Double> filter) implements Layer {
  /** Checks the settings. */
  public Downsample {
    Require.atLeast("factor", factor, 1);
    filter = List.copyOf(filter);
    if (filter.isEmpty()) {
      throw new IllegalArgumentException("filter must have at least one tap");
    }
    Fir.check(filter);
  }

  /** Half the size by [1, 2, 1]. */
  @Defaults
  public static Downsample downsample() {
    return new Downsample(2, List.of(1.0, 2.0, 1.0));
  }

  /** The same by another factor. */
  public Downsample factor(int factor) {
    return new Downsample(factor, filter);
  }

  /** The same with another filter. */
  public Downsample filter(List<Double> filter) {
    return new Downsample(factor, filter);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    if (input.dim(1) % factor != 0 || input.dim(2) % factor != 0) {
      throw new IllegalArgumentException(
          "needs height and width that " + factor + " divides, got " + input);
    }
    return Shape.of(input.dim(0), input.dim(1) / factor, input.dim(2) / factor);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return Fir.down(x, filter, factor);
  }

  @Override
  public String summary() {
    return "downsample /" + factor + Fir.summary(filter);
  }
}
