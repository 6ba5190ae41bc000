package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.GroupAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;

/**
 * Finds out which process is gone when sums fail, as c10d names at best an address. A process that
 * misses one says so in the store; a thread in each process sees that and says that it is there;
 * those who do not are gone.
 */
final class GroupWatch {
  private static final String MISSED = "sparring missed";
  private static final String PRESENT = "sparring present ";
  private static final byte[] YES = {1};

  /** How often a process looks whether one is missed. */
  private static final long LOOK_MILLIS = 500;

  /** How long processes have to say that they are there. */
  private static final long ANSWER_MILLIS = 2_000;

  private static final long POLL_MILLIS = 50;

  private final GroupAddress address;
  private final Store store;
  private final CompletableFuture<List<Integer>> gone = new CompletableFuture<>();
  private volatile boolean closed;

  private GroupWatch(GroupAddress address, Store store) {
    this.address = address;
    this.store = store;
  }

  /** Watches from now on. */
  static GroupWatch begin(GroupAddress address, Store store) {
    GroupWatch watch = new GroupWatch(address, store);
    Thread thread = new Thread(watch::look, "sparring-group-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  /** Which processes are gone, in words. */
  String whoIsGone() {
    List<Integer> missing;
    try {
      missing =
          MeetingPoint.within(
              Duration.ofMillis(LOOK_MILLIS + 2 * ANSWER_MILLIS),
              () -> {
                // If another has said it before, this may fail: the store may be gone by now.
                if (!gone.isDone()) {
                  store.set(MISSED, new ByteVector(YES));
                }
                return gone.join();
              },
              () -> new EngineException("the store does not answer"));
    } catch (RuntimeException e) {
      return address.rank() == 0 ? "another process" : "process 0, or the way to it,";
    }
    if (missing.isEmpty()) {
      return "another process, or the way to it,";
    }
    return (missing.size() == 1 ? "process " : "processes ")
        + missing.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  private void look() {
    try {
      while (!closed && !has(MISSED)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      if (closed) {
        return;
      }
      store.set(PRESENT + address.rank(), new ByteVector(YES));
      List<Integer> missing = new ArrayList<>(IntStream.range(0, address.size()).boxed().toList());
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
      while (System.nanoTime() < end && !missing.isEmpty()) {
        missing.removeIf(rank -> has(PRESENT + rank));
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      gone.complete(missing);
    } catch (InterruptedException | RuntimeException e) {
      // The store has ended, and with it process 0.
      gone.completeExceptionally(e);
    }
  }

  @SuppressWarnings("try") // the scope acts by being open
  private boolean has(String key) {
    try (PointerScope scope = new PointerScope()) {
      return store.check(new StringVector(key));
    }
  }

  /** Ends soon. */
  void close() {
    closed = true;
  }
}
