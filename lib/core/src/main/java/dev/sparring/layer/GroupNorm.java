package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Group normalization (Wu and He, arXiv:1803.08494, equations 2 and 7): channels are divided into
 * groups of neighbours, and for each group of each sample (x - mean) / sqrt(variance + eps) is
 * computed, with the biased variance. The same as {@code torch.nn.GroupNorm}.
 *
 * @param groups number of groups, a divisor of the number of channels
 * @param eps added to the variance; 1e-5 in PyTorch, 1e-3 in Keras, 1e-6 in tf.contrib; null for
 *     the convention's
 * @param affine whether each channel has a scale and a shift that are learnt
 * @param init how the scale is drawn, or null for ones
 */
@Word("groupNorm")
public record GroupNorm(
    int groups, @Nullable Double eps, boolean affine, @Nullable Initializer init)
    implements Normalizing {
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-5;

  /** Checks the settings. */
  public GroupNorm {
    Require.atLeast("groups", groups, 1);
    Require.positive("eps", eps);
  }

  /** The paper's 32 groups, affine; eps is the convention's: 1e-5 in this library's own. */
  @Defaults
  public static GroupNorm groupNorm() {
    return new GroupNorm(32, null, true, null);
  }

  /** With this number of groups. */
  public static GroupNorm groupNorm(int groups) {
    return groupNorm().groups(groups);
  }

  /** The same with another number of groups. */
  public GroupNorm groups(int groups) {
    return new GroupNorm(groups, eps, affine, init);
  }

  /** The same with another eps. */
  public GroupNorm eps(double eps) {
    return new GroupNorm(groups, eps, affine, init);
  }

  /** The same with or without scale and shift. */
  public GroupNorm affine(boolean affine) {
    return new GroupNorm(groups, eps, affine, init);
  }

  /** The same with an initializer of its scale. */
  public GroupNorm init(Initializer init) {
    return new GroupNorm(groups, eps, affine, init);
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needDivisor("groups", groups, input);
    Statistics.needSeveral(input.elements() / groups, "each group", input, "use fewer groups");
    return input;
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape sample = x.shape().sample();
    Shape grouped = Shape.of(groups, sample.elements() / groups);
    Tensor y =
        Statistics.standardized(x.reshape(grouped.batch(x.shape().dim(0))), epsOrDefault(), 2);
    return Statistics.scaled(y.reshape(x.shape()), pass);
  }

  @Override
  public String summary() {
    return "groupNorm " + groups;
  }
}
