package dev.sparring.network;

import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.tensor.Tensor;

/** Sees what each layer computes with and puts out during a forward pass. */
@FunctionalInterface
public interface LayerObserver {
  /**
   * Called for each parameter as its layer takes it.
   *
   * @param path e.g. {@code generator.2.weight}
   * @param effective the parameter as the layer uses it: a weight normalized, everything else as it
   *     is
   */
  default void parameter(String path, Tensor effective) {}

  /** Called behind each layer, in the order of {@link NetworkPlan#everyLayer}. */
  void output(PlannedLayer layer, Tensor output);
}
