package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Settings;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A layer: settings without values. It knows the shapes of its parameters, its output shape and its
 * forward pass; the values of parameters are in a network on an engine.
 *
 * <p>Shapes are those of one sample, without the batch dimension: (F) for features, (C, H, W) for
 * images.
 *
 * <p><b>Write your own.</b> This one takes the cosine between its input and the rows of a learnt
 * weight, times a learnt scale:
 *
 * <pre>{@code
 * record Cosine(int units) implements Layer {
 *   public Shape outputShape(Shape input) {
 *     Shapes.needFeatures(input);
 *     return Shape.of(units);
 *   }
 *
 *   public List<Parameter> parameters(Shape input) {
 *     int in = input.dim(0);
 *     return List.of(
 *         Parameter.weight(Shape.of(units, in), 0, in, units),
 *         Parameter.vector("scale", units, Role.SCALE));
 *   }
 *
 *   public Tensor forward(Tensor x, LayerContext pass) {
 *     Tensor length = x.square().sum(1).plus(1e-8).sqrt();
 *     return x.div(length).linear(pass.parameter("weight"), null).times(pass.parameter("scale"));
 *   }
 * }
 * }</pre>
 *
 * <p>A layer without parameters needs {@link #outputShape} and {@link #forward} only. {@link
 * #states} are for what is carried from pass to pass, such as running means.
 */
public interface Layer {
  /**
   * The shape of the output for one sample.
   *
   * @throws IllegalArgumentException if the layer does not fit that input: the message says what it
   *     needs, what it got, and what would be right
   */
  Shape outputShape(Shape input);

  /** The learnt parameters for that input, the weight first; none by default. */
  default List<Parameter> parameters(Shape input) {
    return List.of();
  }

  /**
   * The most by which it stretches the distance of two inputs in training, for a weight whose
   * matrix of outputs x rest has largest singular value 1, if it has a weight; empty, the default,
   * where that is not known or has no bound. Diagnostics multiply these to a bound of the slope of
   * the discriminator.
   */
  default OptionalDouble stretch(Shape input) {
    return OptionalDouble.empty();
  }

  /** The state that it keeps between passes, for that input; none by default. */
  default List<State> states(Shape input) {
    return List.of();
  }

  /**
   * The output for a batch whose shape {@link #outputShape} has accepted.
   *
   * @param x (N, ...) with the input shape after the batch dimension
   */
  Tensor forward(Tensor x, LayerContext pass);

  /**
   * The initializer of its weight, or of the scale of a normalization; null, the default, for the
   * network's setting.
   */
  default @Nullable Initializer init() {
    return null;
  }

  /** How its weight is normalized; null, the default, for the network's setting. */
  default @Nullable WeightNorm norm() {
    return null;
  }

  /**
   * Its linear map without the bias, of which normalizations may take the norm; null, the default,
   * if it has none, and then its weight is taken as a matrix.
   *
   * @param input a shape that {@link #outputShape} has accepted
   */
  default @Nullable LinearOperator operator(Shape input) {
    return null;
  }

  /** Factor on the optimizer's learning rate for its own parameters; 1 by default. */
  default double rate() {
    return 1;
  }

  /**
   * The number of multiply-adds of linear maps in one sample's forward pass, which are nearly all
   * of a network's work; 0 by default. Biases and element-wise functions are not counted. Each
   * gradient of a linear map, by its weight or by its input, takes the same number.
   *
   * @param input a shape that {@link #outputShape} has accepted
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /** The layer in a few words for tables, e.g. {@code conv 64 4x4 stride 2}. */
  default String summary() {
    return word(this);
  }

  /**
   * Changes a layer and all layers inside it; inner layers first.
   *
   * @param change is given each layer; layers inside a composite come before the composite
   */
  static Layer deeply(Layer layer, UnaryOperator<Layer> change) {
    Layer inside =
        layer instanceof Composite composite
            ? composite.withEach(inner -> deeply(inner, change))
            : layer;
    return change.apply(inside);
  }

  /** The word by which recipes name a layer; the name of its class if it has none. */
  static String word(Layer layer) {
    return Settings.word(layer);
  }
}
