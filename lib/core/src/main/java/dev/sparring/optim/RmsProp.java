package dev.sparring.optim;

import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Require;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RMSprop (Tieleman and Hinton, Coursera lecture 6.5, 2012), as PyTorch has it: eps is added behind
 * the root.
 *
 * @param lr learning rate
 * @param decay decay of the mean of squared gradients (PyTorch's alpha, Keras's rho); null for the
 *     convention's
 * @param eps added to the root of the mean square; null for the convention's
 * @param schedule how the rate changes over the run
 * @param clipNorm largest norm of all gradients together, or null for no limit
 */
@Word("rmsProp")
public record RmsProp(
    double lr,
    @Nullable Double decay,
    @Nullable Double eps,
    Schedule schedule,
    @Nullable Double clipNorm)
    implements Optimizer {
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
   * Rate 5e-5, that of WGAN (arXiv:1701.07875, algorithm 1); decay and eps are the convention's:
   * PyTorch's 0.99 and 1e-8 in this library's own.
   */
  @Defaults
  public static RmsProp rmsProp() {
    return new RmsProp(5e-5, null, null, new ConstantRate(), null);
  }

  /** The same with another learning rate. */
  public RmsProp lr(double lr) {
    return new RmsProp(lr, decay, eps, schedule, clipNorm);
  }

  /** The same with another decay. */
  public RmsProp decay(double decay) {
    return new RmsProp(lr, decay, eps, schedule, clipNorm);
  }

  /** The same with another eps. */
  public RmsProp eps(double eps) {
    return new RmsProp(lr, decay, eps, schedule, clipNorm);
  }

  /** The same with a schedule. */
  public RmsProp schedule(Schedule schedule) {
    return new RmsProp(lr, decay, eps, schedule, clipNorm);
  }

  /** The same with a limit on the gradients' norm. */
  public RmsProp clipNorm(double clipNorm) {
    return new RmsProp(lr, decay, eps, schedule, clipNorm);
  }

  /** The decay; this library's own where neither recipe nor convention says. */
  public double effectiveDecay() {
    return decay != null ? decay : Conventions.SPARRING.rmsPropDecay();
  }

  /** The eps; this library's own where neither recipe nor convention says. */
  public double effectiveEps() {
    return eps != null ? eps : Conventions.SPARRING.rmsPropEps();
  }

  @Override
  public List<String> slots() {
    return List.of("square_avg");
  }

  @Override
  public void update(
      Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
    Tensor v = slots.get(0);
    double kept = effectiveDecay();
    v.blend(kept, gradient.square(), 1 - kept);
    parameter.blend(1, gradient.div(v.sqrt().plus(effectiveEps())), -rate);
  }
}
