package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A skip connection: the channels of x, then those of layers(x). Nested skip connections form a
 * U-Net (Ronneberger, Fischer and Brox, arXiv:1505.04597; pix2pix, arXiv:1611.07004, section
 * 3.2.1): each halves the size, contains the next one, and doubles the size again.
 *
 * @param layers the inner layers, at least one; their output has the input's height and width
 */
@Word("skip")
public record Skip(List<Layer> layers) implements Composite {
  /** Copies the layers. */
  public Skip {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must have at least one layer");
    }
  }

  /** Around these layers. */
  @Defaults
  public static Skip skip(List<Layer> layers) {
    return new Skip(layers);
  }

  /** Around these layers. */
  public static Skip skip(Layer... layers) {
    return new Skip(List.of(layers));
  }

  @Override
  public List<Branch> branches(Shape input) {
    return List.of(Branch.written("layers", input, layers));
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return Join.CONCAT.outputShape(List.of(input, outputs.get(0)));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return Join.CONCAT.apply(List.of(x, pass.branch(0, x)));
  }

  @Override
  public Skip withEach(UnaryOperator<Layer> change) {
    return new Skip(layers.stream().map(change).toList());
  }
}
