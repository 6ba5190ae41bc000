package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The same layers repeated several times, each time with new parameters: {@code stack(9,
 * residual(...))} is the middle of CycleGAN's generator.
 *
 * <p>Each repetition counts: a network of more than 10,000 layers, stacks inside stacks multiplied,
 * is an error.
 *
 * @param times number of repetitions, 1 to 1000
 * @param layers the layers to repeat, at least one; with more than one repetition their output has
 *     the shape of their input
 */
@Word("stack")
public record Stack(int times, List<Layer> layers) implements Composite {
  /** Copies the layers. */
  public Stack {
    Require.between("times", times, 1, 1000);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must have at least one layer");
    }
  }

  /** These layers, repeated. */
  @Defaults
  public static Stack stack(int times, List<Layer> layers) {
    return new Stack(times, layers);
  }

  /** These layers, repeated. */
  public static Stack stack(int times, Layer... layers) {
    return new Stack(times, List.of(layers));
  }

  @Override
  public int repetitions() {
    return times;
  }

  @Override
  public List<Branch> branches(Shape input) {
    return IntStream.range(0, times)
        .mapToObj(i -> new Branch(String.valueOf(i), "layers", input, layers))
        .toList();
  }

  /** One after the other. */
  @Override
  public OptionalDouble stretchOf(List<Double> branches) {
    double product = 1;
    for (double branch : branches) {
      product *= branch;
    }
    return OptionalDouble.of(product);
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    Shape output = outputs.get(0);
    if (times > 1 && !output.equals(input)) {
      throw new IllegalArgumentException(
          "turns " + input + " into " + output + ", which its layers cannot take once more");
    }
    return output;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor h = x;
    for (int i = 0; i < times; i++) {
      h = pass.branch(i, h);
    }
    return h;
  }

  @Override
  public Stack withEach(UnaryOperator<Layer> change) {
    return new Stack(times, layers.stream().map(change).toList());
  }

  @Override
  public String summary() {
    return "stack of " + times;
  }
}
