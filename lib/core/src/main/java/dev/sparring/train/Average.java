package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.recipe.Ema;
import dev.sparring.tensor.NamedTensors;

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
                network
                    .parameters()
                    .zip(current.parameters(), (mean, p) -> mean.blend(decay, p, 1 - decay)));
  }

  /** What has to be kept to go on later, by path. */
  NamedTensors tensors() {
    return network.parameters().prefixed(PREFIX);
  }
}
