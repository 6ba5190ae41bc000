package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Groups of threads of one process, each with an engine of its own: sums over Java's arrays. */
public final class Together {
  private static final int SECONDS = 120;

  private final List<List<double[]>> given = new ArrayList<>();
  private final CyclicBarrier barrier;

  private Together(int size) {
    barrier = new CyclicBarrier(size);
    for (int i = 0; i < size; i++) {
      given.add(List.of());
    }
  }

  /** The groups of that many threads, by the thread's number. */
  public static IntFunction<Group> groups(int size) {
    Together together = new Together(size);
    return together::member;
  }

  /** What the threads of a group return, by their numbers. */
  public static <T> List<T> run(int size, IntFunction<T> thread) {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int rank = i;
        Callable<T> work = () -> thread.apply(rank);
        running.add(threads.submit(work));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Group member(int rank) {
    return new Group() {
      @Override
      public String name() {
        return "threads";
      }

      @Override
      public int rank() {
        return rank;
      }

      @Override
      public int size() {
        return given.size();
      }

      @Override
      public List<Tensor> sum(List<Tensor> tensors) {
        Engine engine = tensors.get(0).engine();
        given.set(rank, tensors.stream().map(Tensor::toDoubles).toList());
        await();
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
          double[] sum = given.get(0).get(i).clone();
          for (int r = 1; r < size(); r++) {
            double[] more = given.get(r).get(i);
            for (int k = 0; k < sum.length; k++) {
              sum[k] += more[k];
            }
          }
          sums.add(engine.upload(sum, tensors.get(i).shape()));
        }
        await();
        return sums;
      }

      @Override
      public void close() {
        barrier.reset();
      }
    };
  }

  private void await() {
    try {
      barrier.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new EngineException("another thread of the group is gone", e);
    }
  }
}
