package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds rows and columns around images: (C, H, W) to (C, H + 2 size, W + 2 size), zeros or mirrored
 * as by {@code torch.nn.ReflectionPad2d}. CycleGAN's generators use mirrored padding before
 * convolutions with padding 0.
 *
 * @param size number of rows and columns on each side
 * @param mode the values in them
 */
@Word("pad")
public record Padding(int size, PaddingMode mode) implements Layer {
  /** Checks the size. */
  public Padding {
    Require.atLeast("size", size, 1);
  }

  /** Zeros. */
  @Defaults
  public static Padding pad(int size) {
    return new Padding(size, PaddingMode.ZERO);
  }

  /** The same with other values in the border. */
  public Padding mode(PaddingMode mode) {
    return new Padding(size, mode);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needImage(input);
    if (mode == PaddingMode.REFLECT && size >= Math.min(input.dim(1), input.dim(2))) {
      throw new IllegalArgumentException(
          "can mirror less than the height and width of "
              + input
              + "; size must be < "
              + Math.min(input.dim(1), input.dim(2))
              + ", got "
              + size);
    }
    return Shape.of(
        input.dim(0),
        Math.addExact(input.dim(1), Math.multiplyExact(2, size)),
        Math.addExact(input.dim(2), Math.multiplyExact(2, size)));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return along(3, along(2, x));
  }

  private Tensor along(int axis, Tensor x) {
    int last = x.shape().dim(axis) - 1;
    List<Tensor> before = new ArrayList<>();
    List<Tensor> behind = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      before.add(0, mode == PaddingMode.ZERO ? zeros(axis, x) : x.slice(axis, i, 1));
      behind.add(mode == PaddingMode.ZERO ? zeros(axis, x) : x.slice(axis, last - i, 1));
    }
    Tensor first = before.remove(0);
    before.add(x);
    before.addAll(behind);
    return first.concat(before, axis);
  }

  /**
   * Computed from the batch itself: ONNX export has no constants whose number of rows depends on
   * the input.
   */
  private static Tensor zeros(int axis, Tensor x) {
    return x.slice(axis, 0, 1).detach().relu().neg().relu();
  }

  @Override
  public String summary() {
    return "pad " + size + (mode == PaddingMode.REFLECT ? " reflect" : "");
  }
}
