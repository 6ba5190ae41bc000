package dev.sparring.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the memory of tensors that have no numbers, by scopes, as an engine would free it. */
final class Ledger {
  private @Nullable List<Storage> scope;
  private double live;
  private double peak;

  /** Numbers that tensors share. */
  static final class Storage {
    private final double bytes;

    private Storage(double bytes) {
      this.bytes = bytes;
    }
  }

  Storage allocate(double bytes) {
    Storage made = new Storage(bytes);
    live += bytes;
    peak = Math.max(peak, live);
    if (scope != null) {
      scope.add(made);
    }
    return made;
  }

  /** Memory that a computation needs for itself. */
  void borrow(double bytes) {
    peak = Math.max(peak, live + bytes);
  }

  /** The largest sum so far. */
  double peak() {
    return peak;
  }

  void scope(Runnable step) {
    List<Storage> outer = scope;
    List<Storage> own = new ArrayList<>();
    scope = own;
    try {
      step.run();
    } finally {
      own.forEach(s -> live -= s.bytes);
      scope = outer;
    }
  }

  /** Moves what results need from the open scope to the one around it. */
  void keep(List<Storage> results, @Nullable List<Storage> outer) {
    Set<Storage> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.addAll(results);
    List<Storage> own = scope;
    if (own == null) {
      return;
    }
    if (outer != null) {
      own.stream().filter(needed::contains).forEach(outer::add);
    }
    own.removeIf(needed::contains);
  }

  @Nullable List<Storage> open() {
    return scope;
  }
}
