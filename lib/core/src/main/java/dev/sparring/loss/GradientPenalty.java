package dev.sparring.loss;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al., arXiv:1704.00028, equation 3): weight times
 * the mean of (|grad D(x)| - 1)^2 at points x = a real + (1 - a) fake, one a for each sample,
 * uniform on [0, 1).
 *
 * <p>It takes one more training pass of the discriminator, in which power iterations and running
 * statistics move as in any other.
 *
 * @param weight lambda in the paper
 * @param at where the points lie: between samples as they are, which are then augmented and packed
 *     for the discriminator ({@code raw}), or between what it sees ({@code seen}); null for {@code
 *     raw} where samples are augmented or packed, and {@code seen} otherwise
 */
@Word("gradientPenalty")
public record GradientPenalty(double weight, @Nullable PenaltyAt at) implements DiscriminatorTerm {
  /** Checks the weight. */
  public GradientPenalty {
    Require.positive("weight", weight);
  }

  /** The paper's weight, 10. */
  @Defaults
  public static GradientPenalty gradientPenalty() {
    return new GradientPenalty(10, null);
  }

  /** With this weight. */
  public static GradientPenalty gradientPenalty(double weight) {
    return new GradientPenalty(weight, null);
  }

  /** The same between other samples. */
  public GradientPenalty at(PenaltyAt at) {
    return new GradientPenalty(weight, at);
  }

  @Override
  public Tensor value(Update update) {
    boolean isRaw = PenaltyAt.isRaw(at, update);
    Tensor real = isRaw ? update.rawReal() : update.real();
    Tensor fake = isRaw ? update.rawFake() : update.fake();
    Tensor a = shares(update, real.shape());
    Tensor between = real.times(a).plus(fake.times(a.neg().plus(1))).detach();
    return SampleGradients.awayFromOne(
            update, isRaw ? update::scoresOfRaw : update::scores, between)
        .times(weight);
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
