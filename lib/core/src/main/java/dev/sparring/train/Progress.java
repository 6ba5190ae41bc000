package dev.sparring.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The progress of a training: its state besides its tensors.
 *
 * @param step number of completed steps
 * @param seconds their wall-clock time in seconds
 * @param updates number of updates of each network, by the network's name
 * @param retries the returns after divergences so far, in their order
 */
public record Progress(long step, double seconds, Map<String, Long> updates, List<Retry> retries) {
  /** Copies the counts and retries. */
  public Progress {
    updates = Map.copyOf(updates);
    retries = List.copyOf(retries);
  }

  /** The progress of a training that never went back. */
  public Progress(long step, double seconds, Map<String, Long> updates) {
    this(step, seconds, updates, List.of());
  }

  /** The same with other returns. */
  public Progress retries(List<Retry> retries) {
    return new Progress(step, seconds, updates, retries);
  }

  /** The same after one more return. */
  public Progress after(Retry retry) {
    return retries(Stream.concat(retries.stream(), Stream.of(retry)).toList());
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
