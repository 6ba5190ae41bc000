package dev.sparring.optim;

import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network's parameters are updated from their gradients. An optimizer is settings only; its
 * state for each parameter is in tensors that the caller keeps, one for each of {@link #slots}.
 */
public interface Optimizer {
  /** The learning rate before the schedule's factor. */
  double lr();

  /** How the rate changes over the run. */
  Schedule schedule();

  /**
   * The largest norm of all gradients together, beyond which they are scaled down to it (Pascanu,
   * Mikolov and Bengio, arXiv:1211.5063, algorithm 1), or null for no limit.
   */
  @Nullable Double clipNorm();

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
}
