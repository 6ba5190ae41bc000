package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization (Ioffe and Szegedy, arXiv:1502.03167, algorithm 1) over the batch and all
 * positions of a channel: batch statistics in training, running statistics in evaluation.
 *
 * <p>Each training pass updates the running statistics. The generator's are therefore updated twice
 * in a step with one update of each network, as in PyTorch.
 *
 * @param eps added to the variance; 1e-5 in PyTorch, 1e-3 in Keras; null for the convention's
 * @param momentum the weight of the new batch in the running statistics (PyTorch's meaning; Keras
 *     and TensorFlow give the weight of the old value, 1 minus this); null for the convention's
 * @param affine whether a scale and a shift are learnt
 * @param alwaysBatch whether batch statistics are used in evaluation too, as in pix2pix's code, so
 *     that a sample depends on the others of its batch; running statistics are then not updated,
 *     and a channel may consist of a single number, whose output is the shift
 * @param init how the scale is drawn, or null for the network's setting, by default ones
 */
@Word("batchNorm")
public record BatchNorm(
    @Nullable Double eps,
    @Nullable Double momentum,
    boolean affine,
    boolean alwaysBatch,
    @Nullable Initializer init)
    implements Normalizing {
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-5;

  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double MOMENTUM = 0.1;

  /** Checks the settings. */
  public BatchNorm {
    Require.positive("eps", eps);
    if (momentum != null && !(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
    }
  }

  /** Affine; eps and momentum are the convention's: 1e-5 and 0.1 in this library's own. */
  @Defaults
  public static BatchNorm batchNorm() {
    return new BatchNorm(null, null, true, false, null);
  }

  /** The same with another eps. */
  public BatchNorm eps(double eps) {
    return new BatchNorm(eps, momentum, affine, alwaysBatch, init);
  }

  /** The same with another momentum. */
  public BatchNorm momentum(double momentum) {
    return new BatchNorm(eps, momentum, affine, alwaysBatch, init);
  }

  /** The same with or without scale and shift. */
  public BatchNorm affine(boolean affine) {
    return new BatchNorm(eps, momentum, affine, alwaysBatch, init);
  }

  /** The same with batch statistics always, or in training only. */
  public BatchNorm alwaysBatch(boolean alwaysBatch) {
    return new BatchNorm(eps, momentum, affine, alwaysBatch, init);
  }

  /** The same with an initializer of its scale. */
  public BatchNorm init(Initializer init) {
    return new BatchNorm(eps, momentum, affine, alwaysBatch, init);
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  /**
   * The weight of the new batch; this library's own default if neither recipe nor convention sets
   * it.
   */
  public double momentumOrDefault() {
    return momentum != null ? momentum : MOMENTUM;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<State> states(Shape input) {
    Shape channels = Shape.of(input.dim(0));
    double keep = alwaysBatch ? 1 : 1 - momentumOrDefault();
    return List.of(
        new State("running_mean", channels, 0, keep), new State("running_var", channels, 1, keep));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    // alwaysBatch never reads the running statistics and must not update them: with one number in a
    // channel they would become NaN.
    Tensor mean = pass.state("running_mean");
    Tensor variance = pass.state("running_var");
    return x.batchNorm(
        pass.parameterOrNull("weight"),
        pass.parameterOrNull("bias"),
        alwaysBatch ? mean.plus(0) : mean,
        alwaysBatch ? variance.plus(0) : variance,
        pass.training() || alwaysBatch,
        pass.momentum(momentumOrDefault()),
        epsOrDefault());
  }

  @Override
  public String summary() {
    return alwaysBatch ? "batchNorm, batch statistics always" : "batchNorm";
  }
}
