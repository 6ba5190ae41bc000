package dev.sparring.nd4j;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Counts references to the arrays of a differentiation, and gives back unused ones at once. This
 * halves the memory of a step, and keeps working data in the caches.
 */
final class Temporaries {
  private final Memory memory;
  private final IdentityHashMap<Memory.Lease, Integer> holders = new IdentityHashMap<>();
  private final Set<Memory.Lease> own = new HashSet<>(); // leases have no equals of their own

  Temporaries(Memory memory) {
    this.memory = memory;
  }

  int mark() {
    return memory.mark();
  }

  void hold(Memory.Lease lease) {
    holders.merge(lease, 1, Integer::sum);
  }

  /** Releases one {@link #hold}; after the last one, an array that was made here is given back. */
  void drop(Memory.Lease lease) {
    if (holders.merge(lease, -1, Integer::sum) == 0 && own.contains(lease)) {
      memory.release(lease);
    }
  }

  /**
   * Gives back the arrays made since the mark that are not held; the rest is counted from now on.
   */
  void releaseUnheld(int mark) {
    for (Memory.Lease lease : memory.since(mark)) {
      if (holders.getOrDefault(lease, 0) > 0) {
        own.add(lease);
      } else {
        memory.release(lease);
      }
    }
  }
}
