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
 * {@linkplain BatchNorm Batch normalization} whose scale and shift are those of each sample's class
 * (Dumoulin et al., arXiv:1610.07629, equation 5; de Vries et al., arXiv:1707.00683; for GANs
 * Miyato and Koyama, arXiv:1802.05637, section 4). Statistics are those of the whole batch,
 * whatever its classes.
 *
 * <p>Scale and shift are tables, (C, classes) each; scales begin at 1, shifts at 0.
 *
 * @param eps added to the variance, or null for the convention's
 * @param momentum the weight of the new batch in the running statistics, as in {@link BatchNorm},
 *     or null for the convention's
 * @param init how the scales are drawn, or null for ones
 * @param classes number of classes, or null for that of the data
 */
@Word("conditionalBatchNorm")
public record ConditionalBatchNorm(
    @Nullable Double eps,
    @Nullable Double momentum,
    @Nullable Initializer init,
    @Nullable Integer classes)
    implements Conditional {
  /** Checks the settings. */
  public ConditionalBatchNorm {
    Require.positive("eps", eps);
    if (momentum != null && !(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
    }
    if (classes != null) {
      Require.atLeast("classes", classes, 1);
    }
  }

  /**
   * For the classes of the data; eps and momentum are the convention's, as for {@link BatchNorm}.
   */
  @Defaults
  public static ConditionalBatchNorm conditionalBatchNorm() {
    return new ConditionalBatchNorm(null, null, null, null);
  }

  /** The same with another eps. */
  public ConditionalBatchNorm eps(double eps) {
    return new ConditionalBatchNorm(eps, momentum, init, classes);
  }

  /** The same with another momentum. */
  public ConditionalBatchNorm momentum(double momentum) {
    return new ConditionalBatchNorm(eps, momentum, init, classes);
  }

  /** The same with an initializer of its scales. */
  public ConditionalBatchNorm init(Initializer init) {
    return new ConditionalBatchNorm(eps, momentum, init, classes);
  }

  @Override
  public ConditionalBatchNorm classes(int classes) {
    return new ConditionalBatchNorm(eps, momentum, init, classes);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape table = Shape.of(input.dim(0), knownClasses());
    return List.of(
        Parameter.table("weight", table, Role.SCALE), Parameter.table("bias", table, Role.SHIFT));
  }

  @Override
  public List<State> states(Shape input) {
    return plain().states(input);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    BatchNorm plain = plain();
    Tensor normalized =
        x.batchNorm(
            null,
            null,
            pass.state("running_mean"),
            pass.state("running_var"),
            pass.training(),
            pass.momentum(plain.momentumOrDefault()),
            plain.epsOrDefault());
    return normalized
        .times(ofClass("weight", x.shape(), pass))
        .plus(ofClass("bias", x.shape(), pass));
  }

  /** The normalization without scale and shift. */
  private BatchNorm plain() {
    return new BatchNorm(eps, momentum, false, false, null);
  }

  /** The column of each sample's class, (N, C) or (N, C, 1, 1). */
  private static Tensor ofClass(String table, Shape batch, LayerContext pass) {
    Tensor each = pass.labels().linear(pass.parameter(table), null);
    return batch.rank() == 2 ? each : each.reshape(Shape.of(batch.dim(0), batch.dim(1), 1, 1));
  }
}
