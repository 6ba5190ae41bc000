package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The moving average of a generator: of its weights, and of its statistics if the recipe says so.
 */
final class Average {
  /** Prefix of averaged parameters' names in a checkpoint. */
  static final String PREFIX = "ema.";

  private Ema settings;
  private final long images;
  private final Network current;
  private final Network network;

  /**
   * Starts with the generator's current weights.
   *
   * @param settings of the recipe
   * @param images the real images of one update
   */
  Average(Ema settings, long images, Network current) {
    this.settings = settings;
    this.images = images;
    this.current = current;
    Network weights = current.averaged(t -> t.plus(0));
    network =
        settings.statistics().isKept()
            ? weights.withBuffers(current.buffers().map((path, t) -> t.plus(0)))
            : weights;
  }

  /** The average of a recipe. */
  static Average of(Ema settings, Train train, Network current) {
    return new Average(settings, train.images(), current);
  }

  /** The averaged parameters, with the statistics that are kept, or the generator's own. */
  Network network() {
    return network;
  }

  /** Goes on with other numbers. */
  void follow(Ema settings) {
    this.settings = settings;
  }

  /** Updates the average with the generator's weights after a step. */
  void follow(long step) {
    double decay = settings.at(step, images);
    network
        .engine()
        .scope(
            () -> {
              network
                  .parameters()
                  .zip(current.parameters(), (mean, p) -> mean.blend(decay, p, 1 - decay));
              statistics(decay);
            });
  }

  private void statistics(double decay) {
    switch (settings.statistics()) {
      case COPIED -> network.buffers().zip(current.buffers(), Tensor::assign);
      case AVERAGED ->
          network
              .buffers()
              .zip(current.buffers(), (mean, own) -> mean.blend(decay, own, 1 - decay));
      case OWN, STANDING -> {}
    }
  }

  /** The tensors of a checkpoint, by path. */
  NamedTensors tensors() {
    Map<String, Tensor> kept = new LinkedHashMap<>(network.parameters());
    if (settings.statistics().isKept()) {
      kept.putAll(network.buffers());
    }
    return NamedTensors.of(kept).prefixed(PREFIX);
  }
}
