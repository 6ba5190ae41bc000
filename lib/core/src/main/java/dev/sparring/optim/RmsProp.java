package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RMSprop (Tieleman and Hinton, Coursera lecture 6.5, 2012): the gradient over the root of the mean
 * of its squares, v = decay v + (1 - decay) g^2. Where eps stands, and where v begins, is left to
 * conventions.
 *
 * @param lr learning rate
 * @param decay decay of the mean of squared gradients (PyTorch's alpha, Keras's rho); null for the
 *     convention's
 * @param eps keeps the divisor from zero; null for the convention's
 * @param epsInRoot whether eps is added to the mean square, g / sqrt(v + eps), as TensorFlow 1 and
 *     Keras 3 have it, or to its root, g / (sqrt(v) + eps), as PyTorch; null for the convention's
 * @param startAtOne whether the mean square begins at 1, as TensorFlow 1's, so that first steps are
 *     short, or at 0; null for the convention's
 * @param schedule how the rate changes over the run
 * @param clipNorm largest norm of all gradients together, or null for no limit
 */
@Word("rmsProp")
public record RmsProp(
    double lr,
    @Nullable Double decay,
    @Nullable Double eps,
    @Nullable Boolean epsInRoot,
    @Nullable Boolean startAtOne,
    Schedule schedule,
    @Nullable Double clipNorm)
    implements Optimizer {
  /** Used where neither the recipe nor its conventions say; as in PyTorch. */
  public static final double DECAY = 0.99;

  /** Used where neither the recipe nor its conventions say; as in PyTorch. */
  public static final double EPS = 1e-8;

  /** Used where neither the recipe nor its conventions say; as in PyTorch. */
  public static final boolean EPS_IN_ROOT = false;

  /** Used where neither the recipe nor its conventions say; as in PyTorch. */
  public static final boolean START_AT_ONE = false;

  /** Checks the settings. */
  public RmsProp {
    Require.positive("lr", lr);
    if (decay != null) {
      Require.belowOne("decay", decay);
    }
    Require.positive("eps", eps);
    Require.positive("clipNorm", clipNorm);
  }

  /**
   * Rate 5e-5, that of WGAN (arXiv:1701.07875, algorithm 1); the rest is the convention's: as
   * PyTorch in this library's own, with decay 0.99 and eps 1e-8.
   */
  @Defaults
  public static RmsProp rmsProp() {
    return new RmsProp(5e-5, null, null, null, null, new ConstantRate(), null);
  }

  /** The same with another learning rate. */
  public RmsProp lr(double lr) {
    return Settings.with(this, "lr", lr);
  }

  /** The same with another decay. */
  public RmsProp decay(double decay) {
    return Settings.with(this, "decay", decay);
  }

  /** The same with another eps. */
  public RmsProp eps(double eps) {
    return Settings.with(this, "eps", eps);
  }

  /** The same with eps added to the mean square, or to its root. */
  public RmsProp epsInRoot(boolean epsInRoot) {
    return Settings.with(this, "epsInRoot", epsInRoot);
  }

  /** The same with a mean square that begins at 1, or at 0. */
  public RmsProp startAtOne(boolean startAtOne) {
    return Settings.with(this, "startAtOne", startAtOne);
  }

  /** The same with a schedule. */
  public RmsProp schedule(Schedule schedule) {
    return Settings.with(this, "schedule", schedule);
  }

  /** The same with a limit on the gradients' norm. */
  public RmsProp clipNorm(double clipNorm) {
    return Settings.with(this, "clipNorm", clipNorm);
  }

  /** The decay; this library's own where neither recipe nor convention says. */
  public double decayOrDefault() {
    return decay != null ? decay : DECAY;
  }

  /** The eps; this library's own where neither recipe nor convention says. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  /** What eps is added to; this library's own where neither recipe nor convention says. */
  public boolean epsInRootOrDefault() {
    return epsInRoot != null ? epsInRoot : EPS_IN_ROOT;
  }

  /** Where the mean square begins; this library's own where neither recipe nor convention says. */
  public boolean startAtOneOrDefault() {
    return startAtOne != null ? startAtOne : START_AT_ONE;
  }

  @Override
  public List<String> slots() {
    return List.of("square_avg");
  }

  @Override
  public double start(String slot) {
    return startAtOneOrDefault() ? 1 : 0;
  }

  @Override
  public void update(
      Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
    Tensor v = slots.get(0);
    double kept = decayOrDefault();
    v.blend(kept, gradient.square(), 1 - kept);
    double eps = epsOrDefault();
    Tensor root = epsInRootOrDefault() ? v.plus(eps).sqrt() : v.sqrt().plus(eps);
    parameter.blend(1, gradient.div(root), -rate);
  }
}
