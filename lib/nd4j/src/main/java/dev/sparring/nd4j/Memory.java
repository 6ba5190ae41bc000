package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native memory that is lent for the duration of a scope and reused by the next.
 *
 * <p>A new array costs ND4J far more than an operation on it: fresh pages, and an entry in a queue
 * that the garbage collector empties late. A training needs the same sizes at every step, so arrays
 * that a scope has borrowed go into a store by size. Arrays made outside scopes belong to the
 * garbage collector.
 */
final class Memory implements AutoCloseable {
  private final DataType type;
  private final Map<Integer, Deque<Slab>> store = new HashMap<>();
  private @Nullable List<Lease> scope;
  private boolean closed;

  Memory(DataType type) {
    this.type = type;
  }

  /** Room for the given number of elements, with uninitialized contents. */
  Lease take(int count) {
    List<Lease> open = scope;
    if (open == null) {
      return new Lease(Slab.make(type, count));
    }
    Slab kept = store.computeIfAbsent(count, c -> new ArrayDeque<>()).poll();
    Lease lease = new Lease(kept == null ? Slab.make(type, count) : kept);
    open.add(lease);
    return lease;
  }

  /** How many arrays the open scope has borrowed so far: a mark for {@link #since}. */
  int mark() {
    return scope == null ? 0 : scope.size();
  }

  /** The arrays that the open scope has borrowed since that mark. */
  List<Lease> since(int mark) {
    return scope == null ? List.of() : List.copyOf(scope.subList(mark, scope.size()));
  }

  /** Takes an array back before its scope ends; it must not be used afterwards. */
  void release(Lease lease) {
    if (scope != null && !lease.over) {
      lease.over = true;
      if (closed) {
        lease.slab.free();
        return;
      }
      store.computeIfAbsent(lease.slab.count(), c -> new ArrayDeque<>()).push(lease.slab);
    }
  }

  /** Runs a step; everything that it borrows is taken back. */
  void scope(Runnable step) {
    List<Lease> outer = scope;
    List<Lease> own = new ArrayList<>();
    scope = own;
    try {
      step.run();
    } finally {
      own.forEach(this::release);
      scope = outer;
    }
  }

  /**
   * Runs part of a step; what it borrows is taken back, except what its results need. That belongs
   * to the scope around it, or without one to the garbage collector.
   *
   * @param lease the array of a result
   */
  <T> List<T> keep(Supplier<List<T>> part, Function<T, Lease> lease) {
    List<T> results = new ArrayList<>();
    Set<Lease> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Lease> outer = scope;
    scope(
        () -> {
          results.addAll(part.get());
          results.forEach(r -> needed.add(lease.apply(r)));
          List<Lease> own = scope;
          if (own != null) {
            List<Lease> kept = own.stream().filter(needed::contains).toList();
            own.removeIf(needed::contains);
            if (outer != null) {
              outer.addAll(kept);
            }
          }
        });
    return results;
  }

  /** Frees the arrays in the store, and those that come back later. */
  @Override
  public void close() {
    closed = true;
    store.values().forEach(slabs -> slabs.forEach(Slab::free));
    store.clear();
  }

  /** A borrowed array. */
  static final class Lease {
    private final Slab slab;
    private boolean over;

    private Lease(Slab slab) {
      this.slab = slab;
    }

    /** The array under a shape, row-major. */
    INDArray as(Shape shape) {
      if (over) {
        throw EngineException.freed();
      }
      return slab.as(shape);
    }
  }

  /** An array in native memory and the shapes under which it was looked at. */
  private record Slab(INDArray flat, Map<Shape, INDArray> views) {
    static Slab make(DataType type, int count) {
      return new Slab(Nd4j.createUninitialized(type, count), new HashMap<>());
    }

    int count() {
      return Math.toIntExact(flat.length());
    }

    INDArray as(Shape shape) {
      // ND4J has arrays without dimensions too, but not every operation takes them.
      return shape.rank() <= 1
          ? flat
          : views.computeIfAbsent(shape, s -> flat.reshape('c', s.toLongs()));
    }

    void free() {
      flat.close();
    }
  }
}
