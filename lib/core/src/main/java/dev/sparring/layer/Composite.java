package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer made of layers. Its branches are planned, initialized and normalized like layers of the
 * network itself, and their parameters are named below it, e.g. {@code
 * generator.3.shortcut.0.weight}; it says what they take, and what becomes of what they put out.
 */
public interface Composite extends Layer {
  /**
   * Its branches, in the order in which they are computed.
   *
   * @throws IllegalArgumentException if it does not fit that input
   */
  List<Branch> branches(Shape input);

  /**
   * The shape of its output for one sample.
   *
   * @param outputs the shape behind each branch
   * @throws IllegalArgumentException if these do not fit together: what was found, and what would
   *     be right
   */
  Shape outputShape(Shape input, List<Shape> outputs);

  /**
   * The same with every layer that the recipe has inside of it changed, not those inside of these.
   */
  Composite withEach(UnaryOperator<Layer> change);

  /**
   * As its branches' layers are; a plan, which knows more of them than they themselves, asks them.
   */
  @Override
  default Shape outputShape(Shape input) {
    return outputShape(
        input,
        branches(input).stream()
            .map(
                branch -> {
                  Shape shape = branch.input();
                  for (Layer layer : branch.layers()) {
                    shape = layer.outputShape(shape);
                  }
                  return shape;
                })
            .toList());
  }
}
