package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A residual block (He, Zhang, Ren and Sun, arXiv:1512.03385, equations 1 and 2): shortcut(x) +
 * layers(x).
 *
 * @param layers the residual branch, at least one layer
 * @param shortcut layers of the shortcut, or none for x itself
 */
@Word("residual")
public record Residual(List<Layer> layers, List<Layer> shortcut) implements Composite {
  /** Copies the layers. */
  public Residual {
    layers = List.copyOf(layers);
    shortcut = List.copyOf(shortcut);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must have at least one layer");
    }
  }

  /** These layers, and x itself as the shortcut. */
  @Defaults
  public static Residual residual(List<Layer> layers) {
    return new Residual(layers, List.of());
  }

  /** These layers, and x itself as the shortcut. */
  public static Residual residual(Layer... layers) {
    return residual(List.of(layers));
  }

  /** The same with a shortcut of these layers. */
  public Residual shortcut(Layer... shortcut) {
    return new Residual(layers, List.of(shortcut));
  }

  @Override
  public List<Branch> branches(Shape input) {
    return List.of(
        Branch.written("layers", input, layers), Branch.written("shortcut", input, shortcut));
  }

  @Override
  public OptionalInt residualBranch() {
    return OptionalInt.of(0);
  }

  /** Both are added. */
  @Override
  public OptionalDouble stretchOf(List<Double> branches) {
    return OptionalDouble.of(branches.get(0) + branches.get(1));
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    Shape layered = outputs.get(0);
    Shape straight = outputs.get(1);
    if (!layered.equals(straight)) {
      throw new IllegalArgumentException(
          "adds "
              + layered
              + " of its layers to "
              + straight
              + (shortcut.isEmpty() ? ", its input" : " of its shortcut")
              + "; both must have one shape, e.g. by a shortcut with a 1x1 convolution");
    }
    return layered;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor layered = pass.branch(0, x);
    return pass.branch(1, x).plus(layered);
  }

  @Override
  public Residual withEach(UnaryOperator<Layer> change) {
    return new Residual(
        layers.stream().map(change).toList(), shortcut.stream().map(change).toList());
  }
}
