package dev.sparring.network;

import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.tensor.Tensor;

/** Observes the parameters and outputs of each layer during a forward pass. */
@FunctionalInterface
public interface LayerObserver {
  /**
   * Called for each parameter that a layer uses.
   *
   * @param path e.g. {@code generator.2.weight}
   * @param effective the parameter as the layer uses it: weights normalized, others unchanged
   */
  default void parameter(String path, Tensor effective) {}

  /** Called after each layer, in the order of {@link NetworkPlan#everyLayer}. */
  void output(PlannedLayer layer, Tensor output);

  /**
   * Whether it looks at an output after {@link #output} has returned. Where it does not, the next
   * layer may write over it, as without an observer.
   */
  default boolean keepsOutputs() {
    return true;
  }
}
