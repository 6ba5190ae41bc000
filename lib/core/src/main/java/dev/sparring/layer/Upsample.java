package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Nearest-neighbour upsampling: each pixel is repeated factor x factor times.
 *
 * @param factor how many times larger height and width become
 */
@Word("upsample")
public record Upsample(int factor) implements Layer {
  /** Checks the factor. */
  public Upsample {
    Require.atLeast("factor", factor, 1);
  }

  /** Twice the size. */
  @Defaults
  public static Upsample upsample() {
    return new Upsample(2);
  }

  /** With this factor. */
  public static Upsample upsample(int factor) {
    return new Upsample(factor);
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
    return x.upsampleNearest2d(factor);
  }

  @Override
  public String summary() {
    return "upsample *" + factor;
  }
}
