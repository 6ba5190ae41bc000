package dev.sparring.loss;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al., arXiv:1704.00028, equation 3): weight times
 * the mean of (|grad D(x)| - 1)^2 at points x = a real + (1 - a) fake, one a for each sample,
 * uniform on [0, 1).
 *
 * <p>It takes one more training pass of the discriminator, in which power iterations and running
 * statistics move as in any other.
 *
 * @param weight lambda in the paper
 */
@Word("gradientPenalty")
public record GradientPenalty(double weight) implements DiscriminatorTerm {
  /** Checks the weight. */
  public GradientPenalty {
    Require.positive("weight", weight);
  }

  /** The paper's weight, 10. */
  @Defaults
  public static GradientPenalty gradientPenalty() {
    return new GradientPenalty(10);
  }

  /** With this weight. */
  public static GradientPenalty gradientPenalty(double weight) {
    return new GradientPenalty(weight);
  }

  @Override
  public Tensor value(Update update) {
    Tensor real = update.real();
    Tensor a = shares(update, real.shape());
    Tensor between = real.times(a).plus(update.fake().times(a.neg().plus(1)));
    return SampleGradients.awayFromOne(update, between).times(weight);
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }

  private static Tensor shares(Update update, Shape shape) {
    RandomStream random = update.random();
    double[] a = new double[shape.dim(0)];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.uniform();
    }
    int[] extents = new int[shape.rank()];
    Arrays.fill(extents, 1);
    extents[0] = a.length;
    return update.engine().upload(a, Shape.of(extents));
  }
}
