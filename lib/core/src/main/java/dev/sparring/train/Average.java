package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.recipe.Ema;
import dev.sparring.tensor.NamedTensors;

/** The moving average of a generator. */
final class Average {
  /** Prefix of averaged parameters' names in a checkpoint. */
  static final String PREFIX = "ema.";

  private final Ema settings;
  private final Network current;
  private final Network network;

  /** Starts with the generator's current weights. */
  Average(Ema settings, Network current) {
    this.settings = settings;
    this.current = current;
    network = current.averaged(t -> t.plus(0));
  }

  /** The averaged parameters, with the generator's own running statistics. */
  Network network() {
    return network;
  }

  /** Updates the average with the generator's weights after a step. */
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

  /** The tensors of a checkpoint, by path. */
  NamedTensors tensors() {
    return network.parameters().prefixed(PREFIX);
  }
}
