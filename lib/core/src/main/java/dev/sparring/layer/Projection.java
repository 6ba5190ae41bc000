package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last layer of a projection discriminator (Miyato and Koyama, arXiv:1802.05637, equation 4):
 * linear(x) + embedding(class) . x, from (F) to (1). Both weights are normalized, each separately,
 * as in the authors' code.
 *
 * @param bias whether the linear part has a bias
 * @param init how both weights are drawn, or null for the network's setting
 * @param norm how each weight is normalized, or null for the network's setting
 */
@Word("projection")
public record Projection(boolean bias, @Nullable Initializer init, @Nullable WeightNorm norm)
    implements Composite {
  /** With a bias; initializer and normalization are the network's. */
  @Defaults
  public static Projection projection() {
    return new Projection(true, null, null);
  }

  /** The same with or without a bias. */
  public Projection bias(boolean bias) {
    return new Projection(bias, init, norm);
  }

  /** The same with an initializer of its own. */
  public Projection init(Initializer init) {
    return new Projection(bias, init, norm);
  }

  /** The same with a normalization of its own. */
  public Projection norm(WeightNorm norm) {
    return new Projection(bias, init, norm);
  }

  @Override
  public List<Branch> branches(Shape input) {
    Shapes.needFeatures(input);
    return List.of(
        Branch.made("linear", input, new Dense(1, bias, init, norm, 1)),
        Branch.made("embedding", input, new Embedding(input.dim(0), init, norm, null)));
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return outputs.get(0);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor linear = pass.branch(0, x);
    return linear.plus(pass.branch(1, x).times(x).sum(1));
  }

  @Override
  public Projection withEach(UnaryOperator<Layer> change) {
    return this;
  }
}
