package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Depth to space (Shi et al., arXiv:1609.05158, equation 4): (C r^2, H, W) to (C, H r, W r), each
 * group of r^2 channels becomes r x r pixels of one channel. Channels are in PyTorch's order: pixel
 * (y r + i, x r + j) of channel c is pixel (y, x) of channel c r^2 + i r + j.
 *
 * @param factor r, how many times larger height and width become
 */
@Word("pixelShuffle")
public record PixelShuffle(int factor) implements Layer {
  /** Checks the factor. */
  public PixelShuffle {
    Require.atLeast("factor", factor, 1);
  }

  /** Twice the size. */
  @Defaults
  public static PixelShuffle pixelShuffle() {
    return new PixelShuffle(2);
  }

  /** With this factor. */
  public static PixelShuffle pixelShuffle(int factor) {
    return new PixelShuffle(factor);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    int pixels = Math.multiplyExact(factor, factor);
    Shapes.needDivisor("factor^2", pixels, input);
    return Shape.of(
        input.dim(0) / pixels,
        Math.multiplyExact(input.dim(1), factor),
        Math.multiplyExact(input.dim(2), factor));
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape input = x.shape().sample();
    Shape output = outputShape(input);
    int batch = x.shape().dim(0);
    Shape apart = Shape.of(output.dim(0), factor, factor, input.dim(1), input.dim(2));
    return x.reshape(apart.batch(batch)).permute(0, 1, 4, 2, 5, 3).reshape(output.batch(batch));
  }

  @Override
  public String summary() {
    return "pixelShuffle *" + factor;
  }
}
