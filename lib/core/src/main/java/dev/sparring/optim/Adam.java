package dev.sparring.optim;

import dev.sparring.setting.Affects;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.AdamStep;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980, algorithm 1).
 *
 * @param lr learning rate
 * @param beta1 decay of the running mean of gradients, in [0, 1)
 * @param beta2 decay of the running mean of squared gradients, in [0, 1)
 * @param eps added to the root of the second moment (1e-8 in the paper and in PyTorch, 1e-7 in
 *     Keras); null for the convention's
 * @param epsHat where eps is added. False: to the root of the corrected second moment, m / (1 -
 *     beta1^t) / (sqrt(v / (1 - beta2^t)) + eps), as the paper's algorithm 1 and PyTorch. True: to
 *     the root of the uncorrected moment, the paper's "epsilon hat" (section 2), m sqrt(1 -
 *     beta2^t) / (1 - beta1^t) / (sqrt(v) + eps), as TensorFlow 1 and Keras; null for the
 *     convention's
 * @param weightDecay factor of the parameter that is added to the gradient (L2 regularization, as
 *     in PyTorch's Adam); 0 for none
 * @param schedule how the learning rate changes over the run
 * @param clipNorm largest norm of all gradients together, to which larger ones are scaled down;
 *     null for no limit
 */
@Word("adam")
public record Adam(
    double lr,
    double beta1,
    double beta2,
    @Nullable Double eps,
    @Nullable Boolean epsHat,
    @Affects(Affects.Aspect.REGULARIZATION) double weightDecay,
    Schedule schedule,
    @Nullable Double clipNorm)
    implements Optimizer {
  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final double EPS = 1e-8;

  /** Used where neither recipe nor convention sets it; as in PyTorch. */
  public static final boolean EPS_HAT = false;

  /** Checks the settings. */
  public Adam {
    Require.positive("lr", lr);
    Require.belowOne("beta1", beta1);
    Require.belowOne("beta2", beta2);
    Require.positive("eps", eps);
    Require.notNegative("weightDecay", weightDecay);
    Require.positive("clipNorm", clipNorm);
  }

  /**
   * The settings of DCGAN, common for GANs: rate 2e-4, beta1 0.5, beta2 0.999 (Radford, Metz and
   * Chintala, arXiv:1511.06434, section 4).
   */
  @Defaults
  public static Adam adam() {
    return new Adam(2e-4, 0.5, 0.999, null, null, 0, new ConstantRate(), null);
  }

  /** The defaults with this learning rate and these decays. */
  public static Adam adam(double lr, double beta1, double beta2) {
    return adam().lr(lr).beta1(beta1).beta2(beta2);
  }

  /** The same with another learning rate. */
  public Adam lr(double lr) {
    return Settings.with(this, "lr", lr);
  }

  /** The same with another decay of the mean. */
  public Adam beta1(double beta1) {
    return Settings.with(this, "beta1", beta1);
  }

  /** The same with another decay of the mean square. */
  public Adam beta2(double beta2) {
    return Settings.with(this, "beta2", beta2);
  }

  /** The same with another eps. */
  public Adam eps(double eps) {
    return Settings.with(this, "eps", eps);
  }

  /** The same with eps added to the root of the second moment itself, or of the corrected one. */
  public Adam epsHat(boolean epsHat) {
    return Settings.with(this, "epsHat", epsHat);
  }

  /** The same with another weight decay. */
  public Adam weightDecay(double weightDecay) {
    return Settings.with(this, "weightDecay", weightDecay);
  }

  /** The same with a schedule. */
  public Adam schedule(Schedule schedule) {
    return Settings.with(this, "schedule", schedule);
  }

  /** The same with a limit on the gradients' norm. */
  public Adam clipNorm(double clipNorm) {
    return Settings.with(this, "clipNorm", clipNorm);
  }

  /** The eps; this library's own default if neither recipe nor convention sets it. */
  public double epsOrDefault() {
    return eps != null ? eps : EPS;
  }

  /** The epsHat; this library's own default if neither recipe nor convention sets it. */
  public boolean epsHatOrDefault() {
    return epsHat != null ? epsHat : EPS_HAT;
  }

  @Override
  public List<String> slots() {
    return Moments.SLOTS;
  }

  @Override
  public void update(
      Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
    Moments.step(step(update, rate), parameter, gradient, slots);
  }

  @Override
  public void updateAll(
      Engine engine,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<List<Tensor>> slots,
      long update,
      double rate) {
    Moments.stepAll(engine, step(update, rate), parameters, gradients, slots);
  }

  private AdamStep step(long update, double rate) {
    return new AdamStep(
        rate, beta1, beta2, epsOrDefault(), epsHatOrDefault(), weightDecay, false, update);
  }
}
