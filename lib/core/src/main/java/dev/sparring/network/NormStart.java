package dev.sparring.network;

import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.tensor.Tensor;
import java.util.Set;

/** The beginning of a network's normalizations, from its weights as they are then. */
public final class NormStart {
  private NormStart() {}

  /**
   * Begins normalizations anew in a network that has been trained without them.
   *
   * @param paths of states or learnt tensors of normalizations, one of each that begins; other
   *     paths count for nothing
   * @throws IllegalArgumentException if one begins from a first batch, which is not at hand here
   */
  public static void again(Network network, Set<String> paths) {
    network
        .plan()
        .weighted()
        .filter(layer -> layer.normTensors().stream().anyMatch(paths::contains))
        .forEach(
            layer -> {
              if (layer.norm().fromFirstBatch().isPresent()) {
                throw new IllegalArgumentException(
                    layer.place()
                        + ": its normalization begins from what new weights make of a first batch,"
                        + " so it cannot be added to weights that are trained");
              }
              of(network, layer);
            });
  }

  /** Begins a layer's normalization, if it has one. */
  static void of(Network network, PlannedLayer layer) {
    PlannedParameter weight = layer.weight().orElseThrow();
    if (!layer.norm().isIdentity()) {
      Tensor raw = network.parameters().tensor(weight.path());
      NormPass pass =
          new NormPass(
              layer, weight, network.parameters(), network.normStates(), false, network.engine());
      network.engine().scope(() -> layer.norm().begin(raw, pass));
    }
  }
}
