package dev.sparring.network;

import dev.sparring.tensor.Tensor;

/** Sees what each layer puts out during a forward pass. */
@FunctionalInterface
public interface LayerObserver {
  /** Called behind each layer in order. */
  void output(PlannedLayer layer, Tensor output);
}
