package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Global sum pooling: the sum of each channel, (C, H, W) to (C). Used before the last dense layer
 * in the residual discriminators of SNGAN (arXiv:1802.05957) and of the projection discriminator
 * (arXiv:1802.05637).
 */
@Word("globalSumPool")
public record GlobalSumPool() implements Layer {
  /** The sum of each channel. */
  @Defaults
  public static GlobalSumPool globalSumPool() {
    return new GlobalSumPool();
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    return Shape.of(input.dim(0));
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(Math.sqrt((double) input.dim(1) * input.dim(2)));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape output = outputShape(x.shape().sample()).batch(x.shape().dim(0));
    return x.sum(2, 3).reshape(output);
  }
}
