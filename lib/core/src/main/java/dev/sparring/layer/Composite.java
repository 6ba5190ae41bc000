package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A layer made of layers. Its branches are planned, initialized and normalized like layers of the
 * network itself, and their parameters are named below it, e.g. {@code
 * generator.3.shortcut.0.weight}; the composite defines the inputs of its branches and combines
 * their outputs.
 *
 * <p>A network has at most 10,000 layers, each counted as often as it is planned, and at most 64
 * levels of layers inside layers; plans refuse more.
 */
public interface Composite extends Layer {
  /**
   * Its branches, in the order in which they are computed.
   *
   * @throws IllegalArgumentException if the input does not fit
   */
  List<Branch> branches(Shape input);

  /**
   * The shape of its output for one sample.
   *
   * @param outputs the output shape of each branch
   * @throws IllegalArgumentException if these do not fit together: what was found, and what would
   *     be right
   */
  Shape outputShape(Shape input, List<Shape> outputs);

  /** A copy with each direct child replaced; grandchildren are left to the caller. */
  Composite withEach(UnaryOperator<Layer> change);

  /**
   * How many times each layer that {@link #withEach} sees is planned: 1 by default, {@code times}
   * for a {@link Stack}. Asked before anything is planned, so that a recipe that is too large is
   * refused at once.
   */
  default int repetitions() {
    return 1;
  }

  /**
   * The branch whose output is added to a shortcut, which a residual initialization draws in a way
   * of its own; none by default.
   */
  default OptionalInt residualBranch() {
    return OptionalInt.empty();
  }

  /**
   * The most by which it stretches the distance of two inputs, as {@link Layer#stretch}; empty, the
   * default, where that is not known.
   *
   * @param branches the bound of each branch
   */
  default OptionalDouble stretchOf(List<Double> branches) {
    return OptionalDouble.empty();
  }

  /** Depends on the layers of its branches; a plan asks them directly. */
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
