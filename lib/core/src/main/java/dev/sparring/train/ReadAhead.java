package dev.sparring.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Reads batches ahead of a training on one other thread, which ends with {@link #close}. What a
 * batch holds depends on its number alone, so a training has the same bits with and without it.
 *
 * <p>Batches are asked for in one thread.
 */
final class ReadAhead implements AutoCloseable {
  /** Batches that are read before they are asked for. */
  static final int AHEAD = 2;

  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::start);

  private Thread start(Runnable work) {
    Thread other = new Thread(work, "sparring-read-ahead");
    // A process that exits does not wait for it.
    other.setDaemon(true);
    started.add(other);
    return other;
  }

  /**
   * Batches by their number.
   *
   * @param here reads a batch in the thread that asks, if it was not foreseen
   * @param ahead reads the same batch in the other thread
   * @param before how many batches before the last one may be asked for again
   */
  LongFunction<float[]> of(LongFunction<float[]> here, LongFunction<float[]> ahead, int before) {
    return new Window(here, ahead, before);
  }

  /** Ends the thread, and waits until it has ended: at most for a batch to be read. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean isInterrupted = false;
    for (Thread other : started) {
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The batches around the one that was asked for last. */
  private final class Window implements LongFunction<float[]> {
    private final LongFunction<float[]> here;
    private final LongFunction<float[]> ahead;
    private final int before;
    private final Map<Long, FutureTask<float[]>> batches = new HashMap<>();

    private Window(LongFunction<float[]> here, LongFunction<float[]> ahead, int before) {
      this.here = here;
      this.ahead = ahead;
      this.before = before;
    }

    @Override
    public float[] apply(long number) {
      FutureTask<float[]> due = batches.get(number);
      if (due == null) {
        // The first one, or one out of turn: the window moves there.
        FutureTask<float[]> now = new FutureTask<>(() -> here.apply(number));
        batches.put(number, now);
        move(number);
        now.run();
        due = now;
      } else {
        move(number);
      }
      return result(due);
    }

    private void move(long number) {
      batches
          .entrySet()
          .removeIf(
              batch -> {
                boolean isFar =
                    batch.getKey() < number - before || batch.getKey() > number + AHEAD + before;
                return isFar && isForgotten(batch.getValue());
              });
      for (long next = number + 1; next <= number + AHEAD && !thread.isShutdown(); next++) {
        long wanted = next;
        if (!batches.containsKey(wanted)) {
          FutureTask<float[]> task = new FutureTask<>(() -> ahead.apply(wanted));
          batches.put(wanted, task);
          thread.execute(task);
        }
      }
    }

    private boolean isForgotten(FutureTask<float[]> task) {
      task.cancel(false);
      thread.remove(task);
      return true;
    }

    /** Waits for a batch. An interrupt is kept for the caller: the batch comes soon. */
    private float[] result(FutureTask<float[]> task) {
      boolean isInterrupted = false;
      try {
        while (true) {
          try {
            return task.get();
          } catch (InterruptedException e) {
            isInterrupted = true;
          }
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        // Readings throw no checked exceptions.
        throw (RuntimeException) e.getCause();
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
