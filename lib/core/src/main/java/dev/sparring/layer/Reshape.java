package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gives each sample another shape; its numbers stay in row-major order.
 *
 * @param shape the new shape of a sample, e.g. 64, 4, 4; 16 extents at most
 */
@Word("reshape")
public record Reshape(List<Integer> shape) implements Layer {
  private static final int MOST = 16;

  /** Checks the extents. */
  public Reshape {
    shape = List.copyOf(shape);
    if (shape.size() > MOST) {
      throw new IllegalArgumentException(
          "shape must have at most " + MOST + " extents, got " + shape.size());
    }
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("shape must have at least one extent");
    }
    shape.forEach(d -> Require.atLeast("every extent of shape", d, 1));
  }

  /** The same numbers under this shape. */
  @Defaults
  public static Reshape reshape(List<Integer> shape) {
    return new Reshape(shape);
  }

  /** The same numbers under this shape. */
  public static Reshape reshape(int... shape) {
    return new Reshape(Arrays.stream(shape).boxed().toList());
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape output = new Shape(shape);
    if (output.elements() != input.elements()) {
      throw new IllegalArgumentException(
          "cannot turn "
              + input
              + ", "
              + input.elements()
              + " numbers, into "
              + output
              + ", which holds "
              + output.elements());
    }
    return output;
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.reshape(new Shape(shape).batch(x.shape().dim(0)));
  }

  @Override
  public String summary() {
    return "reshape " + new Shape(shape);
  }
}
