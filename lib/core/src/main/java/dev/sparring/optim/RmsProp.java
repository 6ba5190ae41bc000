package dev.sparring.optim;

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
 * @param decay decay of the mean of squared gradients (PyTorch's alpha)
 * @param eps added to the root of the mean square
 * @param schedule how the rate changes over the run
 * @param clipNorm largest norm of all gradients together, or null for no limit
 */
@Word("rmsProp")
public record RmsProp(
    double lr, double decay, double eps, Schedule schedule, @Nullable Double clipNorm)
    implements Optimizer {
  /** Checks the settings. */
  public RmsProp {
    Require.positive("lr", lr);
    Require.belowOne("decay", decay);
    Require.positive("eps", eps);
    Require.positive("clipNorm", clipNorm);
  }

  /**
   * Rate 5e-5, that of WGAN (arXiv:1701.07875, algorithm 1); decay 0.99 and eps 1e-8 as in PyTorch.
   */
  @Defaults
  public static RmsProp rmsProp() {
    return new RmsProp(5e-5, 0.99, 1e-8, new ConstantRate(), null);
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

  @Override
  public List<String> slots() {
    return List.of("square_avg");
  }

  @Override
  public void update(
      Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
    Tensor v = slots.get(0);
    v.blend(decay, gradient.square(), 1 - decay);
    parameter.blend(1, gradient.div(v.sqrt().plus(eps)), -rate);
  }
}
