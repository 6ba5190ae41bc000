package dev.sparring.diagnose;

import dev.sparring.network.Network;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Passes;
import org.jspecify.annotations.Nullable;

/**
 * A network at the time of a measurement.
 *
 * @param network a snapshot
 * @param passes its training passes in the next step
 */
record PlayerSnapshot(Network network, Passes passes) {
  /** A training pass. */
  Tensor play(Tensor x, @Nullable Tensor labels) {
    return network.forward(x, passes.next().labels(labels));
  }

  /** The samples of an update. */
  Batch generated(NextUpdate next) {
    Batch from = next.from();
    return from.made(network.forward(from.x(), passes.generating(next).labels(from.labels())));
  }
}
