package dev.sparring.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far a training has come: what has to be remembered beside its tensors.
 *
 * @param step how many steps are done
 * @param seconds wall clock that they took
 * @param updates how often each network was updated, by the network's name
 */
public record Progress(long step, double seconds, Map<String, Long> updates) {
  /** Copies the counts. */
  public Progress {
    updates = Map.copyOf(updates);
  }

  /** The updates of one network; 0 if it has had none. */
  public long updates(String network) {
    return updates.getOrDefault(network, 0L);
  }

  /** The counts in order of name. */
  public Map<String, Long> sortedUpdates() {
    return new TreeMap<>(updates);
  }
}
