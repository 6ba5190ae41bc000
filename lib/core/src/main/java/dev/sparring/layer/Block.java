package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * Layers that the recipe defines once, under {@code blocks}, and uses by name; each use has
 * parameters of its own.
 *
 * <p>A block may use other blocks, but not itself. Each use counts: a network of more than 10,000
 * layers, or of more than 64 levels of layers inside layers, is an error.
 *
 * @param name name of the block, as defined under {@code blocks}
 */
@Word("block")
public record Block(String name) implements Composite {
  /** Checks that there is a name. */
  public Block {
    Require.notBlank("name", name);
  }

  /** The layers of that name. */
  @Defaults
  public static Block block(String name) {
    return new Block(name);
  }

  /** Always throws: only a recipe knows the layers. */
  @Override
  public List<Branch> branches(Shape input) {
    throw new IllegalArgumentException("is a name: the layers are in the recipe's blocks");
  }

  @Override
  public OptionalDouble stretchOf(List<Double> branches) {
    return OptionalDouble.of(branches.get(0));
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return outputs.get(0);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return pass.branch(0, x);
  }

  @Override
  public Block withEach(UnaryOperator<Layer> change) {
    return this;
  }

  @Override
  public String summary() {
    return "block " + name;
  }
}
