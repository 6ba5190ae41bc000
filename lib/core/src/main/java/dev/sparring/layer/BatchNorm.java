package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Require;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization (Ioffe and Szegedy, arXiv:1502.03167, algorithm 1) over the batch and all
 * positions of a channel: batch statistics in training, running statistics in evaluation.
 *
 * <p>Each training pass moves the running statistics, so the generator's move twice in a step with
 * one update of each network, as they do in PyTorch.
 *
 * @param eps added to the variance; 1e-5 in PyTorch, 1e-3 in Keras
 * @param momentum the weight of the new batch in the running statistics (PyTorch's meaning; Keras
 *     and TensorFlow give the weight of the old value, 1 minus this)
 * @param affine whether a scale and a shift are learnt
 * @param init how the scale is drawn, or null for the network's way, which is ones unless it says
 *     otherwise
 */
@Word("batchNorm")
public record BatchNorm(double eps, double momentum, boolean affine, @Nullable Initializer init)
    implements Normalizing {
  /** Checks the settings. */
  public BatchNorm {
    Require.positive("eps", eps);
    if (!(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
    }
  }

  /** PyTorch's settings: eps 1e-5, momentum 0.1, affine. */
  @Defaults
  public static BatchNorm batchNorm() {
    return new BatchNorm(1e-5, 0.1, true, null);
  }

  /** The same with another eps. */
  public BatchNorm eps(double eps) {
    return new BatchNorm(eps, momentum, affine, init);
  }

  /** The same with another momentum. */
  public BatchNorm momentum(double momentum) {
    return new BatchNorm(eps, momentum, affine, init);
  }

  /** The same with or without scale and shift. */
  public BatchNorm affine(boolean affine) {
    return new BatchNorm(eps, momentum, affine, init);
  }

  /** The same with an initializer of its scale. */
  public BatchNorm init(Initializer init) {
    return new BatchNorm(eps, momentum, affine, init);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<State> states(Shape input) {
    Shape channels = Shape.of(input.dim(0));
    return List.of(new State("running_mean", channels, 0), new State("running_var", channels, 1));
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    return x.batchNorm(
        pass.parameterOrNull("weight"),
        pass.parameterOrNull("bias"),
        pass.state("running_mean"),
        pass.state("running_var"),
        pass.training(),
        momentum,
        eps);
  }
}
