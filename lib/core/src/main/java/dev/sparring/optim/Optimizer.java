package dev.sparring.optim;

import dev.sparring.setting.Affects;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network's parameters are updated from their gradients. An optimizer is settings only; its
 * state for each parameter is in tensors that the caller keeps, one for each of {@link #slots}.
 *
 * <p><b>Write your own.</b> For instance Lion with its usual factors, the sign taken as x / |x|:
 *
 * <pre>{@code
 * record Lion(double lr) implements Optimizer {
 *   public List<String> slots() {
 *     return List.of("momentum");
 *   }
 *
 *   public void update(
 *       Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
 *     Tensor momentum = slots.get(0);
 *     Tensor mean = momentum.times(0.9).plus(gradient.times(0.1));
 *     parameter.blend(1, mean.div(mean.abs().plus(1e-12)), -rate);
 *     momentum.blend(0.99, gradient, 0.01);
 *   }
 * }
 * }</pre>
 *
 * <p>Nothing may be remembered anywhere else: checkpoints keep the slots, and a resumed run goes on
 * from these.
 */
public interface Optimizer {
  /** The learning rate before the schedule's factor. */
  double lr();

  /** How the rate changes over the run; not at all by default. */
  default Schedule schedule() {
    return new ConstantRate();
  }

  /**
   * The largest norm of all gradients together, beyond which they are scaled down to it (Pascanu,
   * Mikolov and Bengio, arXiv:1211.5063, algorithm 1), or null for no limit, which is the default.
   */
  @Affects(Affects.Aspect.REGULARIZATION)
  default @Nullable Double clipNorm() {
    return null;
  }

  /** The names of the state tensors of each parameter, as in PyTorch. */
  List<String> slots();

  /** The initial value of all numbers of a slot; 0 by default. */
  default double start(String slot) {
    return 0;
  }

  /**
   * Updates one parameter.
   *
   * @param parameter changed in place
   * @param gradient of the parameter's shape
   * @param slots the state tensors in the order of {@link #slots}, changed in place
   * @param update number of this parameter's update, from 1
   * @param rate the learning rate of this update
   */
  void update(Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate);

  /**
   * Updates all parameters of a network; by default one after the other, since an update takes
   * several times a parameter's memory. An optimizer overrides it for an engine that computes many
   * at once; that must give what {@link #update} gives, but for rounding.
   *
   * @param engine of the parameters
   * @param parameters changed in place
   * @param gradients in the order of the parameters
   * @param slots the state tensors of each parameter
   * @param update number of the parameters' update, from 1
   * @param rate the learning rate of this update
   */
  default void updateAll(
      Engine engine,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<List<Tensor>> slots,
      long update,
      double rate) {
    for (int i = 0; i < parameters.size(); i++) {
      int at = i;
      engine.scope(
          () -> update(parameters.get(at), gradients.get(at), slots.get(at), update, rate));
    }
  }
}
