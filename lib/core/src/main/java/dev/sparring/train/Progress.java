package dev.sparring.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * The progress of a training: its state besides its tensors.
 *
 * @param step number of completed steps
 * @param seconds their wall-clock time in seconds
 * @param updates number of updates of each network, by the network's name
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
