package dev.sparring.network;

import dev.sparring.layer.State;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What training passes of other processes change in a network, without their batches. */
final class SkippedPasses {
  private SkippedPasses() {}

  /** See {@link Network#averages}. */
  static Map<String, Double> averages(NetworkPlan plan) {
    Map<String, Double> kept = new LinkedHashMap<>();
    for (PlannedLayer layer : plan.everyLayer()) {
      for (State s : layer.states()) {
        if (s.keep() != null) {
          kept.put(layer.path() + "." + s.name(), s.keep());
        }
      }
    }
    return kept;
  }

  /** See {@link Network#skip}. */
  static void of(Network network, long passes) {
    Engine engine = network.engine();
    engine.scope(() -> engine.withoutGradients(() -> skipped(network, passes)));
  }

  private static Network skipped(Network network, long passes) {
    network
        .plan()
        .weighted()
        .filter(layer -> !layer.normStates().isEmpty())
        .forEach(layer -> moved(network, layer, passes));
    averages(network.plan())
        .forEach(
            (path, keep) -> {
              Tensor average = network.buffers().tensor(path);
              average.assign(average.times(Math.pow(keep, (double) passes)));
            });
    return network;
  }

  private static void moved(Network network, PlannedLayer layer, long passes) {
    PlannedParameter weight = layer.weight().orElseThrow();
    NormPass pass =
        new NormPass(
            layer, weight, network.parameters(), network.normStates(), true, network.engine());
    layer.norm().skip(network.parameters().tensor(weight.path()), pass, passes);
  }
}
