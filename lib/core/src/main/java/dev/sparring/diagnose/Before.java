package dev.sparring.diagnose;

import dev.sparring.network.Network;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The weights of before a step. They stay on the engine, and each look writes over those of the one
 * before: on Java's heap those of a large network would fill it.
 */
final class Before {
  private final Map<String, Tensor> weights = new HashMap<>();
  private boolean isOfThisStep;

  void copy(Training training) {
    forEachWeight(
        training,
        (path, weight) ->
            weights
                .computeIfAbsent(path, p -> weight.engine().full(0, weight.shape()))
                .assign(weight));
    isOfThisStep = true;
  }

  /** The norm of each weight's change over that of before, by paths; empty without a copy. */
  Map<String, Double> ratios(Training training) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    if (isOfThisStep) {
      forEachWeight(
          training,
          (path, now) -> {
            Tensor then = Objects.requireNonNull(weights.get(path), path);
            // A scope for each: all changes together take as much memory as the weights.
            now.engine()
                .scope(() -> ratios.put(path, now.minus(then).norm().item() / then.norm().item()));
          });
    }
    isOfThisStep = false;
    return ratios;
  }

  private static void forEachWeight(Training training, BiConsumer<String, Tensor> visitor) {
    for (Network network : training.networks().values()) {
      Weights.of(network.plan())
          .forEach(w -> visitor.accept(w.path(), network.parameters().tensor(w.path())));
    }
  }
}
