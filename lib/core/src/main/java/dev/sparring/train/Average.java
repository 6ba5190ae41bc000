package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.recipe.Ema;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The moving average of a generator. */
final class Average {
  /** What the names of averaged parameters begin with in a checkpoint. */
  static final String PREFIX = "ema.";

  private final Ema settings;
  private final Network current;
  private final Network network;

  /** Begins with the generator as it is. */
  Average(Ema settings, Network current) {
    this.settings = settings;
    this.current = current;
    network = current.averaged(t -> t.plus(0));
  }

  /** The averaged parameters, with the generator's own running statistics. */
  Network network() {
    return network;
  }

  /** Takes the generator's weights behind a step into the average. */
  void follow(long step) {
    double decay = settings.at(step);
    network
        .engine()
        .scope(
            () ->
                current
                    .parameters()
                    .forEach(
                        (path, p) -> get(network.parameters(), path).blend(decay, p, 1 - decay)));
  }

  /** What has to be kept to go on later, by path. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network.parameters().forEach((path, t) -> tensors.put(PREFIX + path, t));
    return tensors;
  }

  private static Tensor get(Map<String, Tensor> tensors, String path) {
    Tensor t = tensors.get(path);
    if (t == null) {
      throw new IllegalStateException("no average of " + path);
    }
    return t;
  }
}
