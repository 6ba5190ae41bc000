package dev.sparring.train;

import dev.sparring.network.NormStart;
import dev.sparring.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/**
 * The beginning of tensors that a training has and that the weights it goes on from were saved
 * without: averages and states of normalizations begin from the weights as they are now, as they
 * would at the first step.
 */
public final class LateStart {
  private LateStart() {}

  /**
   * Sets averages of the generator to what they are an average of, and begins normalizations. A
   * normalization of which only some tensors are named begins as a whole; who has the others
   * restores them afterwards.
   *
   * @param names of tensors in {@link Training#tensors}; others than those of averages and
   *     normalizations keep what they have
   * @throws IllegalArgumentException if a normalization begins from a first batch, with the layer
   */
  public static void of(Training training, Set<String> names) {
    Map<String, Tensor> kept = training.tensors().getOrDefault("training", Map.of());
    training
        .networks()
        .values()
        .forEach(
            network -> {
              NormStart.again(network, names);
              average(kept, network.parameters(), names);
              average(kept, network.buffers(), names);
            });
  }

  private static void average(
      Map<String, Tensor> kept, Map<String, Tensor> current, Set<String> names) {
    current.forEach(
        (path, tensor) -> {
          String name = Training.average(path);
          Tensor mean = kept.get(name);
          if (mean != null && names.contains(name)) {
            mean.assign(tensor);
          }
        });
  }
}
