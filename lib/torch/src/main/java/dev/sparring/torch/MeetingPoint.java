package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.GroupAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/** The store of c10d through which processes find each other; process 0 keeps it. */
final class MeetingPoint {
  /** How long processes wait for each other to come, at most. */
  private static final Duration COMING = Duration.ofMinutes(5);

  private final TCPStore store;

  private MeetingPoint(TCPStore store) {
    this.store = store;
  }

  /** How long this process waits for the others to come. */
  static Duration coming(GroupAddress address) {
    return address.timeout().compareTo(COMING) < 0 ? address.timeout() : COMING;
  }

  static MeetingPoint of(GroupAddress address) {
    Duration wait = coming(address);
    TCPStore store =
        within(
            wait.plusSeconds(5),
            () -> connect(address, wait),
            () ->
                new EngineException(
                    at(address)
                        + ": another program listens there, not process 0; take another port"));
    return new MeetingPoint(store);
  }

  private static TCPStore connect(GroupAddress address, Duration wait) {
    TCPStoreOptions options = new TCPStoreOptions();
    options.port((short) address.port()); // unsigned: the cast keeps its bits
    options.isServer(address.rank() == 0 && !address.isStoreKept());
    options.waitWorkers(false);
    options.timeout(new Milliseconds(wait.toMillis()).retainReference());
    try {
      return new TCPStore(address.host(), options).retainReference();
    } catch (RuntimeException e) {
      throw refused(address, wait, e);
    }
  }

  private static EngineException refused(GroupAddress address, Duration wait, RuntimeException e) {
    String reason = Failures.firstLine(e);
    if (address.rank() == 0 && !address.isStoreKept()) {
      return new EngineException(
          at(address)
              + ": process 0 cannot listen there: "
              + (String.valueOf(e.getMessage()).contains("EADDRINUSE")
                  ? "the port is taken; take another one"
                  : reason),
          e);
    }
    return new EngineException(
        at(address)
            + ": process "
            + address.rank()
            + " found no process 0 within "
            + wait.toSeconds()
            + " s; is it running, and is the address its own?",
        e);
  }

  /** The address for messages. */
  static String at(GroupAddress address) {
    return address.host() + ":" + address.port();
  }

  TCPStore store() {
    return store;
  }

  /**
   * Runs native code that may wait longer than it was told to, on a thread that is given up then.
   */
  static <T> T within(Duration time, Supplier<T> code, Supplier<EngineException> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(code.get());
              } catch (RuntimeException | LinkageError e) {
                result.completeExceptionally(e);
              }
            },
            "sparring-group");
    thread.setDaemon(true);
    thread.start();
    try {
      return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw (Error) e.getCause();
    } catch (TimeoutException e) {
      throw late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while it waited for the other processes", e);
    }
  }
}
