package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the tensors of a training's checkpoint. */
final class TrainingTensors {
  private TrainingTensors() {}

  /** In its groups, see {@link Training#tensors}. */
  static Map<String, Map<String, Tensor>> of(
      List<Player> players, List<Direction> directions, @Nullable Average average) {
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    Map<String, Tensor> rest = new LinkedHashMap<>();
    for (Player player : players) {
      Network network = player.network();
      Map<String, Tensor> own = new LinkedHashMap<>(network.parameters());
      own.putAll(network.buffers());
      groups.put(network.plan().name(), Collections.unmodifiableMap(own));
      rest.putAll(network.normStates());
      player.memory().forEach((path, t) -> rest.put("optimizer." + path, t));
      player
          .states()
          .tensors()
          .forEach((name, t) -> rest.put(network.plan().name() + "." + name, t));
    }
    for (Direction direction : directions) {
      if (direction.pool != null) {
        rest.putAll(direction.pool.tensors());
      }
    }
    if (average != null) {
      rest.putAll(average.tensors());
    }
    groups.put("training", Collections.unmodifiableMap(rest));
    return groups;
  }
}
