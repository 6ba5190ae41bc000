package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/** Global average pooling: the mean of each channel, (C, H, W) to (C). */
@Word("globalAvgPool")
public record GlobalAvgPool() implements Layer {
  /** The mean of each channel. */
  @Defaults
  public static GlobalAvgPool globalAvgPool() {
    return new GlobalAvgPool();
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    return Shape.of(input.dim(0));
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1 / Math.sqrt((double) input.dim(1) * input.dim(2)));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape output = outputShape(x.shape().sample()).batch(x.shape().dim(0));
    return x.sum(2, 3).times(1.0 / (x.shape().dim(2) * x.shape().dim(3))).reshape(output);
  }
}
