package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RMSprop (Tieleman and Hinton, Coursera lecture 6.5, 2012): the gradient g divided by the root of
 * the running mean of its squares, v = decay * v + (1 - decay) * g^2. The place of eps and the
 * start of v differ between frameworks.
 *
 * @param lr learning rate
 * @param decay decay of the running mean of squared gradients, in [0, 1) (PyTorch's alpha, Keras's
 *     rho); null for the convention's
 * @param eps added so that the divisor is not zero; null for the convention's
 * @param epsInRoot whether eps is added to the mean square, g / sqrt(v + eps), as in TensorFlow 1
 *     and Keras 3, or to its root, g / (sqrt(v) + eps), as in PyTorch; null for the convention's
 * @param startAtOne whether v starts at 1, as in TensorFlow 1, so that the first steps are short,
 *     or at 0; null for the convention's
 * @param schedule how the learning rate changes over the run
 * @param clipNorm largest norm of all gradients together, to which larger ones are scaled down;
 *     null for no limit
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
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double DECAY = 0.99;

  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-8;

  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final boolean EPS_IN_ROOT = false;

  /** Used where neither recipe nor convention sets it; as in PyTorch. */
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
   * Learning rate 5e-5, as in WGAN (arXiv:1701.07875, algorithm 1). The rest is the convention's;
   * this library's own is PyTorch's, with decay 0.99 and eps 1e-8.
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

  /** The decay; this library's own default if neither recipe nor convention sets it. */
  public double decayOrDefault() {
    return decay != null ? decay : DECAY;
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  /** The epsInRoot; this library's own default if neither recipe nor convention sets it. */
  public boolean epsInRootOrDefault() {
    return epsInRoot != null ? epsInRoot : EPS_IN_ROOT;
  }

  /** The startAtOne; this library's own default if neither recipe nor convention sets it. */
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
