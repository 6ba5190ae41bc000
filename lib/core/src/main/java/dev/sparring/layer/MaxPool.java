package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Maximum over square windows without padding; rows and columns that fill no window are left out.
 *
 * @param kernel side of the window in pixels
 * @param stride distance between windows in pixels, or null for the kernel's side
 */
@Word("maxPool")
public record MaxPool(int kernel, @Nullable Integer stride) implements Layer {
  /** Checks the settings. */
  public MaxPool {
    Require.atLeast("kernel", kernel, 1);
    if (stride != null) {
      Require.atLeast("stride", stride, 1);
    }
  }

  /** Windows of 2 x 2 side by side. */
  @Defaults
  public static MaxPool maxPool() {
    return new MaxPool(2, null);
  }

  /** The same with another window. */
  public MaxPool kernel(int kernel) {
    return new MaxPool(kernel, stride);
  }

  /** The same with a stride of its own. */
  public MaxPool stride(int stride) {
    return new MaxPool(kernel, stride);
  }

  /** The stride, or its default if the recipe gives none. */
  public int effectiveStride() {
    return stride != null ? stride : kernel;
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shapes.pooled(input, kernel, effectiveStride());
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    int windows = (kernel + effectiveStride() - 1) / effectiveStride();
    return OptionalDouble.of(windows);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.maxPool2d(kernel, effectiveStride());
  }

  @Override
  public String summary() {
    return "maxPool " + kernel + "x" + kernel;
  }
}
