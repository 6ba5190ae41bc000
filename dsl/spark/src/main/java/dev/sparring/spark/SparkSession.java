package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;
import dev.sparring.cli.cluster.ClusterListener;
import dev.sparring.cli.cluster.ClusterOrder;
import dev.sparring.cli.cluster.ClusterRun;
import dev.sparring.cli.cluster.SweepCluster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A sweep as an application of Spark. Each run is a job of its own: rows come one by one, and a run
 * that Spark gives up takes no other with it.
 */
final class SparkSession implements SweepCluster.Session {
  private static final String GROUP = "sweep";
  private static final long PAUSE_MILLISECONDS = 100;

  /** How many jobs wait beyond those that the cluster can have at work. */
  private static final int AHEAD = 64;

  private final JavaSparkContext spark;
  private final RunWatch watch;
  private final int cpus;
  private final String classPath;
  private volatile boolean isStopping;

  /** A run that Spark has, and what will come of it. */
  private record Job(ClusterRun run, int number, JavaFutureAction<List<TaskEnd>> end) {}

  SparkSession(JavaSparkContext spark, ClusterOrder order) {
    this.spark = spark;
    cpus = spark.sc().conf().getInt(SweepConf.TASK_CPUS, 1);
    classPath = spark.sc().conf().get(SweepConf.CLASS_PATH, "");
    watch = new RunWatch(order, cpus, spark.sc().conf().get("spark.executor.memory"));
    spark.sc().addSparkListener(watch);
  }

  @Override
  public void train(List<ClusterRun> runs, ClusterListener listener) {
    try {
      trainAll(runs, listener);
    } catch (IllegalStateException e) {
      // Of a context that is stopped, by the cluster or by a signal.
      requireOpen();
      throw e;
    }
  }

  private void trainAll(List<ClusterRun> runs, ClusterListener listener) {
    watch.begin(runs.stream().map(ClusterRun::getTitle).toList());
    Deque<ClusterRun> waiting = new ArrayDeque<>(runs);
    List<Job> open = new ArrayList<>();
    int number = 0;
    while (!isStopping && !(waiting.isEmpty() && open.isEmpty())) {
      for (int most = most(); open.size() < most && !waiting.isEmpty(); number++) {
        open.add(submit(waiting.remove(), number));
      }
      pause();
      for (Iterator<Job> jobs = open.iterator(); jobs.hasNext(); ) {
        Job job = jobs.next();
        if (job.end().isDone() && !isStopping) {
          jobs.remove();
          tell(job, listener);
        }
      }
      watch.look(System.nanoTime());
    }
  }

  /** Enough to keep the cluster at work; each open job costs the driver memory and time. */
  private int most() {
    requireOpen();
    return AHEAD + 2 * Math.max(1, spark.sc().defaultParallelism() / cpus);
  }

  private Job submit(ClusterRun run, int number) {
    spark.setJobGroup(GROUP, run.getTitle(), true);
    spark.setLocalProperty(RunWatch.NUMBER, String.valueOf(number));
    TaskRun task =
        new TaskRun(
            run.getFolder(),
            run.getLog(),
            run.getOptions(),
            run.getThreads(),
            classPath.isEmpty() ? run.getClassPath() : classPath,
            run.getArguments());
    return new Job(
        run, number, spark.parallelize(List.of(task), 1).map(new RunTask()).collectAsync());
  }

  private void tell(Job job, ClusterListener listener) {
    TaskEnd end;
    try {
      end = job.end().get().get(0);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException | CancellationException e) {
      if (isStopping) {
        return;
      }
      requireOpen();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      listener.failed(job.run(), watch.reason(job.number()).orElse(SparkCluster.firstLine(cause)));
      return;
    }
    if (end.isStarted()) {
      listener.ended(job.run(), end.exitCode(), end.last(), end.host(), end.seconds());
    } else {
      listener.failed(job.run(), "cannot be started: " + end.last());
    }
  }

  private void requireOpen() {
    if (spark.sc().isStopped()) {
      throw new ClusterException(
          "Spark has ended the sweep's application; started again, it goes on");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ClusterException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClusterException("interrupted", e);
  }

  @Override
  public void stop() {
    isStopping = true;
    spark.cancelJobGroup(GROUP);
  }

  @Override
  public void close() {
    watch.close();
    spark.close();
  }
}
